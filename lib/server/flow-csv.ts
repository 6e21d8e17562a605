import type { FlowDocument, FlowEndDocument, FlowTraceDocument } from '#lib/contracts/flows.ts';
import { type CsvCell, csvLine } from '#lib/kit/csv-line.ts';

/** Single flows as CSV, one column per fact. */

const ofEnd = (
  side: 'source' | 'target',
): readonly (readonly [string, (flow: FlowDocument) => CsvCell])[] => {
  const end = (read: (end: FlowEndDocument) => CsvCell) => (flow: FlowDocument) => read(flow[side]);
  return [
    [`${side}_cluster`, end(({ cluster }) => cluster)],
    [`${side}_kind`, end(({ kind }) => kind)],
    [`${side}_namespace`, end(({ namespace }) => namespace)],
    [`${side}_name`, end(({ name }) => name)],
    [`${side}_pod`, end(({ pod }) => pod)],
    [`${side}_address`, end(({ address }) => address)],
  ];
};

const columns: readonly (readonly [string, (flow: FlowDocument) => CsvCell])[] = [
  ['time', ({ at }) => at],
  ['duration_ms', ({ durationMs }) => durationMs],
  ...ofEnd('source'),
  ['source_port', ({ source }) => source.port],
  ...ofEnd('target'),
  ['target_port', ({ port }) => port],
  ['protocol', ({ protocol }) => protocol],
  ['verdict', ({ verdict }) => verdict],
  ['drop_reason', ({ dropReason }) => dropReason],
  ['reporter', ({ reporter }) => reporter],
  ['collector', ({ collector }) => collector],
  ['flows', ({ flows }) => flows],
  ['connections', ({ connections }) => connections],
  ['bytes', ({ bytes }) => bytes],
  ['packets', ({ packets }) => packets],
  ['egress', ({ egress }) => traceText(egress, 'enforced')],
  ['egress_pending', ({ egress }) => traceText(egress, 'pending')],
  ['ingress', ({ ingress }) => traceText(ingress, 'enforced')],
  ['ingress_pending', ({ ingress }) => traceText(ingress, 'pending')],
];

/** The names of the columns, as the first line. */
export const flowCsvHead = csvLine(columns.map(([name]) => name));

/** One flow as a line. What is unknown or not told is an empty cell. */
export function flowCsvLine(flow: FlowDocument): string {
  return csvLine(columns.map(([, read]) => read(flow)));
}

/** `default/shop/deny-rest deny; …` in the order of evaluation; `hidden` for what may not be seen. */
function traceText(trace: FlowTraceDocument | null, which: 'enforced' | 'pending'): string | null {
  if (trace === null) return null;
  const hits = trace[which].map(({ tier, namespace, name, action }) =>
    [[tier, namespace, name].filter((part) => part !== '').join('/'), action].filter(Boolean).join(' '),
  );
  return [...hits, ...(trace.hidden && which === 'enforced' ? ['hidden'] : [])].join('; ');
}
