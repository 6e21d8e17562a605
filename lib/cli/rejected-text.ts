import type { RejectedLineDocument, RejectedList, Retried } from '#lib/contracts/rejected.ts';
import { reasonTitle } from '#lib/contracts/remedies.ts';
import { columns } from './columns.ts';

const SHOWN_CHARACTERS = 200;

/** The quarantine for people: how many of what, then the lines and what to do about each. */
export function describeRejected({ rejected, keptCount, reasons, kept }: RejectedList): readonly string[] {
  if (rejected === 0) return ['nothing was rejected'];
  const rows = reasons.map(({ cluster, kind, code, count }) => [
    cluster,
    kind ?? 'unknown format',
    code,
    reasonTitle(code),
    String(count),
  ]);
  const hidden = keptCount - kept.length;
  return [
    ...columns([['CLUSTER', 'SOURCE', 'REASON', '', 'LINES'], ...rows], 4),
    ...kept.flatMap(describeLine),
    ...(hidden > 0 ? [`${hidden} more are kept: show them with --limit, or choose with --reason`] : []),
    ...(keptCount < rejected ? [`${rejected} were rejected; ${keptCount} of them are kept`] : []),
    ...(keptCount > 0 ? ['when the reason is mended: flowloom rejected retry'] : []),
  ];
}

function describeLine({
  source,
  line,
  code,
  field,
  message,
  remedy,
  content,
}: RejectedLineDocument): string[] {
  const shown = content.slice(0, SHOWN_CHARACTERS);
  return [
    '',
    `${source}:${line}: ${code}${field === null ? '' : ` (${field})`}: ${message}`,
    `  ${shown}${content.length > SHOWN_CHARACTERS ? '…' : ''}`,
    `  → ${remedy}`,
  ];
}

/** What another try came to. */
export function describeRetried({
  tried,
  accepted,
  ignored,
  rejected,
  left,
  reasons,
}: Retried): readonly string[] {
  const rest = left === 0 ? [] : [`${left} kept lines cannot be tried from here; flowloom rejected says why`];
  if (tried === 0) return ['there is nothing to try again', ...rest];
  return [
    `${tried} lines tried again`,
    `  accepted   ${accepted}`,
    `  ignored    ${ignored}`,
    `  rejected   ${rejected}`,
    ...Object.entries(reasons).map(([reason, count]) => `  ${reason} ${count}`),
    ...rest,
  ];
}
