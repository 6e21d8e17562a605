import type { SourceDocument, SourceList } from '#lib/contracts/sources.ts';
import { columns } from './columns.ts';

/** The sources for people: one line each, and below them what is wrong and what to do. */
export function describeSources({ sources }: SourceList): readonly string[] {
  if (sources.length === 0) return ['nothing has delivered flows yet: flowloom ingest FILE --cluster NAME'];
  const head = ['STATE', 'CLUSTER', 'SOURCE', 'LAST FLOW', 'PER SECOND', 'LAG', 'NODES', 'LOST', 'REJECTED'];
  const rows = sources.map((source) => [
    source.state,
    source.cluster,
    source.kind ?? 'unknown format',
    source.lastFlowAt ?? '–',
    String(source.recordsPerSecond),
    source.lagSeconds === null || source.state === 'old' ? '–' : `${Math.round(source.lagSeconds)} s`,
    source.nodes.length === 0 ? '–' : String(source.nodes.length + source.nodesLeftOut),
    String(source.lostEvents),
    String(source.rejected.count),
  ]);
  return [...columns([head, ...rows], 4), ...sources.flatMap(troubles)];
}

function troubles(source: SourceDocument): readonly string[] {
  const who = `${source.cluster}, ${source.kind ?? 'unknown format'}`;
  return [
    ...source.problems.map(({ text }) => `${who}: ${text}`),
    ...source.nodes.flatMap(({ name, gaps }) =>
      gaps.map(({ from, to, isOpen }) => {
        const span = isOpen ? `since ${from}` : `from ${from} to ${to}`;
        return `${who}: no flows from node ${name} ${span}`;
      }),
    ),
    ...(source.rejected.count > 0
      ? [`${who}: see what was rejected and why: flowloom rejected --cluster ${source.cluster}`]
      : []),
  ];
}
