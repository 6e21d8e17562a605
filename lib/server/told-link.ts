import type { Access } from '#lib/access/access.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { LinkState } from '#lib/contracts/link-state.ts';
import { buildPoliciesQuery, parsePoliciesState } from '#lib/contracts/policies-url.ts';
import { clusterOfPolicyId } from '#lib/contracts/policy-id.ts';
import { buildScreenQuery, parseScreenState, type ScreenState } from '#lib/contracts/url-state.ts';
import type { Reader } from '#lib/db/reader.ts';
import { scopeKey } from '#lib/db/sql/scope-key.ts';
import { depthOfState } from '#lib/graph/depth.ts';
import { isToldWord, speaksOfPolicies, type Told, toldGroup, toldState } from '#lib/graph/told-state.ts';
import { parseInstant, type Span } from '#lib/kit/window.ts';
import { listClusters } from './list-clusters.ts';
import { policyWorld } from './policy-world.ts';
import { readGraph } from './read-graph.ts';

export type LinkReader = {
  readonly reader: Reader;
  readonly access: Pick<Access, 'scope' | 'policies'>;
  /** Whether they see what whoever made the link saw then: the state names nothing new to them. */
  readonly seesTheSame: boolean;
  readonly isOwner: boolean;
  readonly nowMs: number;
};

/** Whether a scope is the one that somebody kept a state with, by its `scopeKey`, or sees all there is. */
export async function seesTheSame(reader: Reader, scope: Scope, keptWith: string): Promise<boolean> {
  return scope.isEstate || keptWith === (await scopeKey(reader, scope));
}

/** The query of a link as its reader may have it: a name that is nowhere in their own graph is left out. */
export async function toldQuery({ page, query }: LinkState, by: LinkReader): Promise<string> {
  const asked = new URLSearchParams(query);
  if (page !== 'policies')
    return buildScreenQuery(await withToldOverlay(await toldScreen(parseScreenState(asked), by), by));
  const state = parsePoliciesState(asked);
  // What one searches for there may be the name of a policy, which takes more than the same scope.
  const isToldAll = by.seesTheSame && knowsPolicies(by);
  const told = isToldAll ? null : await toldBy(by, parseScreenState(new URLSearchParams()));
  return buildPoliciesQuery({
    ...state,
    cluster: told === null || told.clusters.has(state.cluster ?? '') ? state.cluster : null,
    text: told === null || isToldWord(state.text, told) ? state.text : '',
    policy: (await seesPolicy(by, state.policy)) ? state.policy : null,
  });
}

async function toldScreen(state: ScreenState, by: LinkReader): Promise<ScreenState> {
  return by.seesTheSame ? toldOfPolicies(state, by) : toldState(state, await toldBy(by, state));
}

type PolicyReader = { readonly access: Pick<Access, 'policies'>; readonly isOwner: boolean };

/** A state for whoever has the scope of its maker, and perhaps other rights to policies. */
export function toldOfPolicies(state: ScreenState, by: PolicyReader): ScreenState {
  if (knowsPolicies(by)) return state;
  const quiet = (text: string): string => (speaksOfPolicies(text) ? '' : text);
  return { ...state, find: quiet(state.find), hide: quiet(state.hide) };
}

/** Whether words about policies tell them nothing. */
function knowsPolicies({ access: { policies }, isOwner }: PolicyReader): boolean {
  return policies.isEstate || isOwner;
}

/** A draft is its owner's alone, and a policy is named to whoever may see it. */
async function withToldOverlay(state: ScreenState, by: LinkReader): Promise<ScreenState> {
  const [, kind, id = ''] = /^(draft|policy):(.*)$/.exec(state.overlay) ?? [];
  const isTold = kind === undefined || (kind === 'draft' ? by.isOwner : await seesPolicy(by, id));
  return isTold ? state : { ...state, overlay: '' };
}

async function seesPolicy({ reader, access }: LinkReader, id: string | null): Promise<boolean> {
  const cluster = id === null ? null : clusterOfPolicyId(id);
  if (cluster === null) return false;
  const { seen } = await policyWorld(reader, access, { cluster, atMs: null });
  return seen.some((row) => row.id === id);
}

/** What the reader's own graph of the same window shows. */
async function toldBy({ reader, access: { scope }, nowMs }: LinkReader, state: ScreenState): Promise<Told> {
  const asked = { window: windowOf(state, nowMs), clusters: null, namespaces: null };
  const [{ clusters }, fine, drawn] = await Promise.all([
    listClusters(reader, scope),
    readGraph(reader, scope, { ...asked, level: 'workload' }),
    namesDrawn(state)
      ? readGraph(reader, scope, { ...asked, ...depthOfState({ ...state, group: toldGroup(state.group) }) })
      : null,
  ]);
  return toldOf(
    clusters.map(({ name }) => name),
    fine,
    drawn ?? fine,
  );
}

/** Whether a state names what is only in its own picture: an edge, or a group that was found. */
export function namesDrawn({ selection, expanded, group }: ScreenState): boolean {
  const isGrouped = group !== null && group !== 'none';
  return selection?.kind === 'edge' || (isGrouped && (selection !== null || expanded.length > 0));
}

type Pictured = Pick<GraphDocument, 'nodes' | 'edges'>;

/** What a graph of workloads tells, with the edges and groups as they are drawn. */
export function toldOf(clusters: readonly string[], fine: Pictured, drawn: Pictured): Told {
  return {
    clusters: new Set(clusters),
    nodes: new Set([...nodeIds(fine), ...drawn.nodes.map(({ id }) => id)]),
    edges: new Set(drawn.edges.map(({ id }) => id)),
    names: [...clusters, ...fine.nodes.flatMap(({ label, namespace }) => [label, namespace ?? ''])],
  };
}

/** Ids of the nodes of a graph of workloads, and of those that they are inside of at other levels. */
function nodeIds({ nodes }: Pick<GraphDocument, 'nodes'>): readonly string[] {
  return nodes.flatMap(({ id, cluster, namespace, kind }) => [
    id,
    ...(cluster === '' ? [] : [`${cluster}/cluster`, `${cluster}/layer/platform`]),
    ...(namespace === null || kind === 'namespace' ? [] : [`${cluster}/namespace/${namespace}`]),
  ]);
}

export function windowOf({ range }: Pick<ScreenState, 'range'>, nowMs: number): Span {
  if (range.kind === 'fixed') return { fromMs: range.fromMs, toMs: range.toMs };
  const from = parseInstant(`-${range.preset}`, nowMs);
  return { fromMs: from.ok ? from.value : nowMs, toMs: nowMs };
}
