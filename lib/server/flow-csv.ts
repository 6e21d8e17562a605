import type { FlowDocument, FlowEndDocument, FlowTraceDocument } from '#lib/contracts/flows.ts';

/** Single flows as CSV (RFC 4180), one column per fact. */

type Cell = string | number | null;

const ofEnd = (side: 'source' | 'target'): readonly (readonly [string, (flow: FlowDocument) => Cell])[] => {
  const end = (read: (end: FlowEndDocument) => Cell) => (flow: FlowDocument) => read(flow[side]);
  return [
    [`${side}_cluster`, end(({ cluster }) => cluster)],
    [`${side}_kind`, end(({ kind }) => kind)],
    [`${side}_namespace`, end(({ namespace }) => namespace)],
    [`${side}_name`, end(({ name }) => name)],
    [`${side}_pod`, end(({ pod }) => pod)],
    [`${side}_address`, end(({ address }) => address)],
  ];
};

const columns: readonly (readonly [string, (flow: FlowDocument) => Cell])[] = [
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
export const flowCsvHead = `${columns.map(([name]) => name).join(',')}\r\n`;

/** One flow as a line. What is unknown or not told is an empty cell. */
export function flowCsvLine(flow: FlowDocument): string {
  return `${columns.map(([, read]) => cellText(read(flow))).join(',')}\r\n`;
}

/** `default/shop/deny-rest deny; …` in the order of evaluation; `hidden` for what may not be seen. */
function traceText(trace: FlowTraceDocument | null, which: 'enforced' | 'pending'): string | null {
  if (trace === null) return null;
  const hits = trace[which].map(({ tier, namespace, name, action }) =>
    [[tier, namespace, name].filter((part) => part !== '').join('/'), action].filter(Boolean).join(' '),
  );
  return [...hits, ...(trace.hidden && which === 'enforced' ? ['hidden'] : [])].join('; ');
}

/** A spreadsheet takes a text that begins like a formula for one: an apostrophe keeps it a text. */
function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
