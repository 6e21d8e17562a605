import type { Scope } from '#lib/access/scope.ts';
import type { SourceDocument, SourceList } from '#lib/contracts/sources.ts';
import type { Reader } from '#lib/db/reader.ts';
import { type FoldedNames, foldedNames } from '#lib/db/sql/folded-names.ts';
import { type LedgerSource, ledgerSources } from '#lib/db/sql/ledger-sources.ts';
import { type NodeGap, nodeGaps } from '#lib/db/sql/node-gaps.ts';
import { type NodeSeen, nodesSeen } from '#lib/db/sql/nodes-seen.ts';
import { type SourceMinutes, sourceMinutes } from '#lib/db/sql/source-minutes.ts';
import { gapsIn } from '#lib/graph/gaps.ts';
import { dayMs, floorTo, minuteMs, type Span } from '#lib/kit/window.ts';
import { spanDocument } from './answer-window.ts';
import { ownGaps, perSecond, silentAfterMs } from './completeness.ts';
import { sourceState } from './source-state.ts';

// Nobody reads more; those with gaps come first.
const mostNodes = 200;
const sparklineMinutes = 60;
const rateMinutes = 5;

/** Every collector of every cluster that anything came from: how well it delivers, by the clock. */
export async function listSources(reader: Reader, scope: Scope, nowMs: number): Promise<SourceList> {
  const toMs = floorTo(nowMs, minuteMs) + minuteMs;
  const window = { fromMs: toMs - dayMs, toMs };
  const [ledger, minutes, seen, gaps, folded] = await Promise.all([
    ledgerSources(reader, scope, window.fromMs),
    sourceMinutes(reader, scope, window),
    nodesSeen(reader, scope, window),
    nodeGaps(reader, scope, { fromMs: window.fromMs, toMs: nowMs }, null, silentAfterMs),
    foldedNames(reader, scope, window.fromMs),
  ]);
  return {
    at: new Date(nowMs).toISOString(),
    window: spanDocument(window),
    silentAfterSeconds: silentAfterMs / 1000,
    sources: ledger.map((source) => {
      const isOfSource = ({ cluster, kind }: { readonly cluster: string; readonly kind: string | null }) =>
        cluster === source.cluster && kind === source.kind;
      const activity = minutes.find(isOfSource);
      const nodes = nodesOf(source, seen, gaps, activity, window);
      return sourceDocument(source, activity, nodes, folded.filter(isOfSource), window, nowMs);
    }),
  };
}

type Node = SourceDocument['nodes'][number];

function sourceDocument(
  source: LedgerSource,
  activity: SourceMinutes | undefined,
  nodes: readonly Node[],
  folded: readonly FoldedNames[],
  window: Span,
  nowMs: number,
): SourceDocument {
  const { cluster, kind, lagMs, lastFlowMs, lastReceivedMs, rejected, rejectedSince, reasons } = source;
  const minutes = activity?.minutes ?? [];
  const silentNodes = nodes.filter(({ gaps }) => gaps.some(({ isOpen }) => isOpen)).map(({ name }) => name);
  const signs = {
    nowMs,
    lastFlowMs,
    lastReceivedMs,
    lagMs,
    silentNodes,
    rejected: rejectedSince,
    folded,
  };
  const { state, problems } = sourceState(signs);
  const isSilent = lastFlowMs === null || nowMs - lastFlowMs >= silentAfterMs;
  return {
    cluster,
    kind,
    state,
    problems: [...problems],
    lastFlowAt: lastFlowMs === null ? null : new Date(lastFlowMs).toISOString(),
    lastReceivedAt: new Date(lastReceivedMs).toISOString(),
    recordsPerSecond: isSilent ? 0 : rateOf(minutes),
    perMinute: lastHour(minutes, window.toMs),
    lagSeconds: lagMs === null || lastFlowMs === null ? null : Math.round(lagMs) / 1000,
    records: minutes.reduce((sum, minute) => sum + minute.records, 0),
    lostEvents: activity?.lostEvents ?? 0,
    sampling: activity?.sampling ?? 1,
    rejected: {
      count: rejected,
      recent: rejectedSince,
      reasons: reasons.map(({ code, count, lastMs }) => ({ code, count, lastAt: iso(lastMs) })),
    },
    folded: folded.map(({ what, count }) => ({ what, count })),
    nodes: nodes.slice(0, mostNodes),
    nodesLeftOut: Math.max(0, nodes.length - mostNodes),
  };
}

/** Over the whole minutes before the newest one, which is still filling; of that one where it is the first. */
function rateOf(minutes: SourceMinutes['minutes']): number {
  const newest = minutes.at(-1);
  if (newest === undefined) return 0;
  const fromMs = newest.atMs - rateMinutes * minuteMs;
  const whole = minutes.filter(({ atMs }) => atMs >= fromMs && atMs < newest.atMs);
  const first = whole[0];
  if (first === undefined) return perSecond(newest.records, minuteMs);
  const records = whole.reduce((sum, minute) => sum + minute.records, 0);
  return perSecond(records, newest.atMs - first.atMs);
}

function lastHour(minutes: SourceMinutes['minutes'], toMs: number): number[] {
  const fromMs = toMs - sparklineMinutes * minuteMs;
  const line = new Array<number>(sparklineMinutes).fill(0);
  for (const { atMs, records } of minutes) {
    const index = (atMs - fromMs) / minuteMs;
    if (index >= 0) line[index] = records;
  }
  return line;
}

/** The nodes of one source: silent ones first, then those with gaps, then by name. */
function nodesOf(
  { cluster, kind }: LedgerSource,
  seen: readonly NodeSeen[],
  gaps: readonly NodeGap[],
  activity: SourceMinutes | undefined,
  window: Span,
): readonly Node[] {
  if (kind === null) return [];
  const active = (activity?.minutes ?? []).filter(({ records }) => records > 0).map(({ atMs }) => atMs);
  const pauses = gapsIn(window, active, silentAfterMs).map((gap) => ({ ...gap, cluster, kind }));
  const own = ownGaps(
    gaps.filter((gap) => gap.cluster === cluster && gap.kind === kind),
    pauses,
  );
  return seen
    .filter((node) => node.cluster === cluster && node.kind === kind && node.node !== '')
    .map(({ node, records, lastMs }) => ({
      name: node,
      lastFlowAt: iso(lastMs),
      records,
      gaps: own
        .filter((gap) => gap.node === node)
        .toSorted((a, b) => b.fromMs - a.fromMs)
        .map(({ fromMs, toMs, isOpen }) => ({ from: iso(fromMs), to: iso(toMs), isOpen })),
    }))
    .toSorted((a, b) => rank(a) - rank(b));
}

function rank({ gaps }: Node): number {
  if (gaps.length === 0) return 2;
  return gaps.some(({ isOpen }) => isOpen) ? 0 : 1;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
