import type { FlowDocument, FlowEndDocument, FlowsPage } from '#lib/contracts/flows.ts';
import { columns } from './columns.ts';

/** Single flows for people: one line each, newest first. */
export function describeFlows({ window, flows, next, gone }: FlowsPage): readonly string[] {
  const { from, to } = window;
  const lost = gone.map((span) => `No longer kept flow by flow: ${span.from} to ${span.to}`);
  if (flows.length === 0)
    return [`No flows from ${from} to ${to}. Try a wider window or less of a filter.`, ...lost];
  const rows = flows.map((flow) => [
    flow.at,
    flow.verdict,
    endText(flow.source),
    endText(flow.target),
    flow.port === null ? flow.protocol : `${flow.protocol} ${flow.port}`,
    decidedText(flow),
    numberText(flow.flows),
    numberText(flow.bytes),
  ]);
  return [
    ...columns([['TIME', 'VERDICT', 'FROM', 'TO', 'PORT', 'DECIDED BY', 'FLOWS', 'BYTES'], ...rows], 6),
    '',
    `${flows.length} flows${next === null ? '' : ', and more: choose a larger --limit'}`,
    ...lost,
  ];
}

/** `prod/shop/web (10.0.0.1)`. */
function endText({ id, address }: FlowEndDocument): string {
  const name = id.replace(/^([^/]+)\/(?:workload|namespace|service|host|domain)\//, '$1/');
  return address === null ? name : `${name} (${address})`;
}

function decidedText({ egress, ingress }: FlowDocument): string {
  const traces = [egress, ingress].flatMap((trace) => trace ?? []);
  const last = traces.flatMap(({ enforced }) => enforced.slice(-1));
  const [hit] = [...last.filter(({ action }) => action === 'deny'), ...last];
  if (hit === undefined) return traces.some(({ hidden }) => hidden) ? 'hidden' : '–';
  const { namespace, name } = hit.trigger ?? hit;
  return namespace === '' ? name || hit.kind : `${namespace}/${name}`;
}

function numberText(value: number | null): string {
  return value === null ? '–' : value.toLocaleString('en-US');
}
