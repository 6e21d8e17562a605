import type { Scope } from '#lib/access/scope.ts';
import { type GraphOverlay, noOverlay, type OverlayName, policyOfOverlay } from '#lib/contracts/overlay.ts';
import type { Reader } from '#lib/db/reader.ts';
import { addressesSeen } from '#lib/db/sql/addresses-seen.ts';
import { latencies } from '#lib/db/sql/latencies.ts';
import type { Depth } from '#lib/graph/depth.ts';
import type { Traffic } from '#lib/graph/model.ts';
import { type Coloured, colourChange, colourEvaluated } from '#lib/graph/overlay/compare-verdicts.ts';
import {
  type AddressesOf,
  type Connection,
  connectionKey,
  connectionsOf,
  recordedWord,
} from '#lib/graph/overlay/connection.ts';
import { coverageOf } from '#lib/graph/overlay/coverage.ts';
import { countValues, type EdgeOverlays, foldOverlay } from '#lib/graph/overlay/fold-overlay.ts';
import { type Judge, judgeIn } from '#lib/graph/overlay/judge.ts';
import { latencyOverlay } from '#lib/graph/overlay/latency.ts';
import { recordedOverlay } from '#lib/graph/overlay/recorded.ts';
import { unusedIn } from '#lib/graph/overlay/unused.ts';
import { type AnsweredWindow, minuteMs, type Span } from '#lib/kit/window.ts';
import type { StagedMode } from '#lib/policy/model.ts';
import { type DraftText, draftWorld } from './draft-world.ts';
import { policiesChangedAt } from './policies-changed-at.ts';
import { type PolicySeer, type PolicyWorld, policyWorld } from './policy-world.ts';
import { recordedDeciders } from './recorded-deciders.ts';
import { selectedPolicy } from './selected-policy.ts';

export type OverlayQuestion = {
  readonly name: OverlayName;
  readonly depth: Depth;
  readonly window: AnsweredWindow;
  /** Redacted, as the filters leave it, by workload. */
  readonly rows: readonly Traffic[];
  /** Clusters to look at beside those of the traffic; null: none. */
  readonly clusters: readonly string[] | null;
  readonly seer: PolicySeer;
  /** The draft that the name names; its owner's scope of simulating is the seer's. */
  readonly draft: DraftText | null;
};

export type Overlaid = { readonly edges: EdgeOverlays; readonly overlay: GraphOverlay };

// The longest flush of flow logs that is usual: records of just before count as the window's.
const flushMs = 5 * minuteMs;
const mostUnused = 500;

/** Colours the traffic of a graph by what policies say of it. */
export async function graphOverlay(reader: Reader, question: OverlayQuestion): Promise<Overlaid> {
  const { name, rows, seer, depth } = question;
  const window = question.window.answered;
  const connections = connectionsOf(rows, await addressesOf(reader, seer.scope, window, name));
  const id = policyOfOverlay(name);
  if (id !== null) return selectedPolicy(reader, { id, seer, window, connections, depth });
  if (name === 'latency') {
    const measured = await latencies(reader, seer.scope, {
      window: question.window,
      grouping: 'workload',
      between: null,
    });
    const { edges, counts } = latencyOverlay(connections, measured, depth);
    return { edges, overlay: { ...noOverlay, name, counts } };
  }
  if (name === 'policy') {
    const decidedBy = await recordedDeciders(reader, seer, window);
    const valued = connections.map((connection) => ({ connection, value: recordedWord(connection) }));
    return {
      edges: recordedOverlay(connections, decidedBy, depth),
      overlay: { ...noOverlay, name, counts: countValues(valued) },
    };
  }
  const worlds = await worldsOf(reader, question, connections);
  const overlay = {
    ...noOverlay,
    name,
    policies: await Promise.all(
      worlds.map(async (world) => ({
        cluster: world.cluster,
        changedAt: await policiesChangedAt(reader, seer, world),
      })),
    ),
    withoutInventory: worlds.filter((world) => !world.hasInventory).map(({ cluster }) => cluster),
  };
  const known = worlds.filter((world) => world.hasInventory);
  if (name === 'coverage') {
    const coverage = known.flatMap(({ cluster, compiled, reading }) =>
      coverageOf(cluster, compiled('enforced-only'), reading.peers),
    );
    return { edges: new Map(), overlay: { ...overlay, coverage: [...coverage] } };
  }
  if (name === 'unused')
    return { edges: new Map(), overlay: { ...overlay, ...unusedOf(known, connections, depth) } };
  const coloured = await colour(reader, question, known, connections);
  return {
    edges: foldOverlay(name, coloured, depth),
    overlay: {
      ...overlay,
      counts: countValues(coloured),
      disagreements: coloured.filter(({ agreement }) => agreement === 'disagrees').length,
      inTransition: coloured.filter(({ agreement }) => agreement === 'in-transition').length,
    },
  };
}

async function addressesOf(
  reader: Reader,
  scope: Scope,
  window: Span,
  name: OverlayName,
): Promise<AddressesOf> {
  const none = { client: null, server: null };
  const isByAddress = name === 'evaluated' || name === 'staged' || name.startsWith('draft:');
  if (!isByAddress) return () => none;
  const byKey = Map.groupBy(await addressesSeen(reader, scope, window), connectionKey);
  return (key) => {
    const seen = byKey.get(key) ?? [];
    const of = (side: 'client' | 'server') => seen.find((one) => one.side === side)?.addresses ?? null;
    return { client: of('client'), server: of('server') };
  };
}

async function worldsOf(
  reader: Reader,
  { seer, clusters }: OverlayQuestion,
  connections: readonly Connection[],
): Promise<readonly PolicyWorld[]> {
  const ends = connections.flatMap(({ source, target, inScope }) => [
    ...(inScope.source ? [source.cluster] : []),
    ...(inScope.target ? [target.cluster] : []),
  ]);
  const names = [...new Set([...(clusters ?? []), ...ends])].filter((cluster) => cluster !== '').sort();
  return Promise.all(names.map((cluster) => policyWorld(reader, seer, { cluster, atMs: null })));
}

function judging(
  {
    cluster,
    reading,
    compiled,
    isPartial,
  }: Pick<PolicyWorld, 'cluster' | 'reading' | 'compiled' | 'isPartial'>,
  mode: StagedMode,
): Judge {
  return judgeIn({ cluster, reading, compiled: compiled(mode), isPartial });
}

async function colour(
  reader: Reader,
  question: OverlayQuestion,
  worlds: readonly PolicyWorld[],
  connections: readonly Connection[],
): Promise<readonly Coloured[]> {
  const {
    name,
    window: { answered: window },
    seer,
  } = question;
  const coloured: Coloured[] = [];
  // Of a connection between clusters the source's speaks: each knows its own side alone.
  const open = new Set(connections);
  for (const world of worlds) {
    const before = judging(world, 'enforced-only');
    const after = judgingAfter(question, world);
    const was = name === 'evaluated' ? await worldBefore(reader, seer, world, window) : null;
    for (const connection of open) {
      const judged = before(connection);
      if (judged === null) continue;
      open.delete(connection);
      const changed = after?.(connection) ?? null;
      coloured.push(
        changed === null
          ? colourEvaluated(connection, judged, was?.(connection) ?? null)
          : colourChange(connection, judged, changed),
      );
    }
  }
  return coloured;
}

/** What is tried: staged policies, or a draft, which changes nothing in other clusters. */
function judgingAfter({ name, draft, seer }: OverlayQuestion, world: PolicyWorld): Judge | null {
  if (name === 'evaluated') return null;
  if (draft === null) return judging(world, 'staged-as-enforced');
  if (draft.cluster !== world.cluster) return judging(world, 'enforced-only');
  return judging({ ...world, ...draftWorld(world, seer.scope, draft) }, 'enforced-only');
}

/** What was said at the start of the window; null where the inventory did not know the cluster yet. */
async function worldBefore(
  reader: Reader,
  seer: PolicySeer,
  { cluster }: PolicyWorld,
  { fromMs }: Span,
): Promise<Judge | null> {
  const world = await policyWorld(reader, seer, { cluster, atMs: fromMs - flushMs });
  return world.hasInventory ? judging(world, 'enforced-only') : null;
}

function unusedOf(
  worlds: readonly PolicyWorld[],
  connections: readonly Connection[],
  depth: Depth,
): Pick<GraphOverlay, 'unused' | 'unusedLeftOut' | 'isUnusedWhole'> {
  const found = worlds.map(({ cluster, compiled, reading }) =>
    unusedIn(cluster, compiled('enforced-only'), reading.peers, connections, depth),
  );
  const pairs = found.flatMap((one) => one.pairs);
  return {
    unused: pairs.slice(0, mostUnused),
    unusedLeftOut: Math.max(0, pairs.length - mostUnused),
    isUnusedWhole: found.every(({ isWhole }) => isWhole),
  };
}
