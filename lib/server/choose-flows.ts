import type { PolicyRights } from '#lib/access/policy-rights.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { type ChannelSeen, channelsSeen } from '#lib/db/sql/channels-seen.ts';
import type { ChosenFlows } from '#lib/db/sql/chosen-flows.ts';
import { traffic } from '#lib/db/sql/traffic.ts';
import { type DepthQuery, depthOf } from '#lib/graph/depth.ts';
import { type Filters, keptTraffic } from '#lib/graph/filter-traffic.ts';
import type { End, Traffic } from '#lib/graph/model.ts';
import { nodeId } from '#lib/graph/node-id.ts';
import { noSums } from '#lib/graph/sums.ts';
import type { Span } from '#lib/kit/window.ts';
import { type DrawnPart, isOfPart } from './drawn-part.ts';
import { filterEvidence } from './filter-evidence.ts';
import { planAnswer } from './plan-answer.ts';
import { readNamespaceGroups } from './read-namespace-groups.ts';
import { readServiceGroups } from './read-service-groups.ts';

/** Which flows are meant, in the words of the graph: an edge and a node are those of its `level`. */
export type FlowChoice = DepthQuery &
  DrawnPart & {
    /** null is all of them. */
    readonly clusters: readonly string[] | null;
    readonly namespaces: readonly string[] | null;
    readonly filters: Filters;
  };

/**
 * The flows that belong to what the graph of the same window, level and filters shows, channel by channel;
 * null is all. A filter is decided once for all flows of a pair of workloads with the same port and verdict, as
 * the graph decides it, so that both tell of the same traffic.
 */
export async function chooseFlows(
  reader: Reader,
  viewer: { readonly scope: Scope; readonly policies: PolicyRights },
  window: Span,
  choice: FlowChoice,
): Promise<readonly ChosenFlows[] | null> {
  const { clusters, namespaces, edge, node, filters } = choice;
  const { hide, show } = filters;
  const isWhole = [clusters, namespaces, edge, node, hide, show].every((part) => part === null);
  if (isWhole) return null;
  const { scope } = viewer;
  const answered = await planAnswer(reader, scope, window);
  const counts = (hide?.counters ?? show?.counters ?? null) !== null;
  const [seen, counted, evidence] = await Promise.all([
    channelsSeen(reader, scope, answered),
    counts ? traffic(reader, scope, { window: answered, grouping: 'workload', clusters, namespaces }) : [],
    filterEvidence(reader, viewer, answered.answered, filters),
  ]);
  const sums = new Map(counted.map((row) => [keyOf(row), row.sums]));
  const rows = [...Map.groupBy(seen.filter(isAt), keyOf)].flatMap(([key, those]) => {
    const [first] = those;
    return first === undefined ? [] : [{ ...trafficOf(first, sums.get(key)), those }];
  });
  const groups = await readServiceGroups(reader, scope, choice, { rows, atMs: answered.answered.toMs });
  const { found } = await readNamespaceGroups(reader, scope, choice, { rows, window: answered });
  const depth = depthOf(choice, groups, found);
  const kept = new Set(
    keptTraffic(rows, depth, filters, evidence).flatMap((row) => ('those' in row ? [row.those] : [])),
  );
  return rows
    .filter((row) => kept.has(row.those) && isOfPart(row, depth, choice))
    .flatMap(({ those }) => those.map(({ channel, verdict, dayMs }) => ({ channel, verdict, dayMs })));

  function isAt({ source, target }: ChannelSeen): boolean {
    const has = (names: readonly string[] | null, nameOf: (end: End) => string | null): boolean =>
      names === null || names.some((name) => name === nameOf(source) || name === nameOf(target));
    return has(clusters, ({ cluster }) => cluster) && has(namespaces, ({ namespace }) => namespace);
  }
}

function trafficOf(
  { source, target, inScope, protocol, port, verdict }: ChannelSeen,
  sums: Traffic['sums'] = noSums,
): Traffic {
  return { source, target, inScope, protocol, port, verdict, sums, lastSeenMs: 0 };
}

function keyOf({
  source,
  target,
  protocol,
  port,
  verdict,
}: Pick<Traffic, 'source' | 'target' | 'protocol' | 'port' | 'verdict'>): string {
  return [nodeId(source), nodeId(target), protocol, port, verdict].join('\0');
}
