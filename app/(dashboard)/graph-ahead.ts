import { shownCluster } from '#components/graph/newest-cluster.ts';
import { spanOf } from '#components/time/span-of.ts';
import { wireSpanOf } from '#components/time/wire-span.ts';
import type { AnswersAhead } from '#lib/contracts/answers-ahead.ts';
import { apiAddress, graphQueryOf, shownPositionsQueryOf } from '#lib/contracts/api-address.ts';
import { type ClusterList, clustersSchema } from '#lib/contracts/graph.ts';
import { bareView, depthTextsOf, parseScreenState, type ScreenState } from '#lib/contracts/url-state.ts';
import { openedViewSchema, viewsSchema } from '#lib/contracts/views.ts';
import { askAhead } from '#lib/http/ask-ahead.ts';
import type { RouteHandler } from '#lib/http/route.ts';
import { GET as clusters } from '../api/v1/clusters/route.ts';
import { GET as view } from '../api/v1/view/route.ts';
import { GET as views } from '../api/v1/views/route.ts';

/** Asks a route, and keeps what it answers for the page. */
type Ask = (route: RouteHandler, address: string) => Promise<string | null>;

/** What comes with the page, and what the browser is to ask for before its scripts are there. */
type GraphAhead = { readonly ahead: AnswersAhead; readonly coming: readonly string[] };

/** What the graph screen asks for first, each after the other: here nothing waits for scripts, or for the way. */
export async function graphAhead(query: URLSearchParams, nowMs: number): Promise<GraphAhead> {
  const answers: Record<string, string> = {};
  const ask: Ask = async (route, address) => {
    const answer = await askAhead(route, address);
    if (answer !== null) answers[address] = answer;
    return answer;
  };
  const [state, list] = await Promise.all([startState(query, ask), ask(clusters, apiAddress('/clusters'))]);
  const known = list === null ? [] : clustersSchema.parse(JSON.parse(list)).clusters;
  return { ahead: { askedAtMs: nowMs, answers }, coming: pictureAddresses(state, known, nowMs) };
}

/** The state that the address says, or that the saved view holds which it begins with. */
async function startState(query: URLSearchParams, ask: Ask): Promise<ScreenState> {
  const bare = bareView(query);
  const listed = bare === 'default' ? await ask(views, apiAddress('/views')) : null;
  const id = listed === null ? bare : viewsSchema.parse(JSON.parse(listed)).start;
  const opened = id === null || id === 'default' ? null : await ask(view, apiAddress('/view', { id }));
  if (opened === null) return parseScreenState(query);
  const { id: began, query: kept } = openedViewSchema.parse(JSON.parse(opened));
  return { ...parseScreenState(new URLSearchParams(kept)), view: began };
}

/** What the picture is made of: too much to stand in the page, where it would be parsed twice. */
function pictureAddresses(
  state: ScreenState,
  known: ClusterList['clusters'],
  nowMs: number,
): readonly string[] {
  const cluster = shownCluster(known, state.cluster)?.name;
  // Two windows are another question, which the page asks itself.
  if (cluster === undefined || state.compare !== null) return [];
  const { layout, isWhole, range, via, view: began } = state;
  const span = wireSpanOf(spanOf(range, nowMs));
  const query = graphQueryOf(cluster, span, depthTextsOf(state), isWhole ? 'whole' : 'readable');
  const places = shownPositionsQueryOf({ cluster, layout, via, view: began });
  return [
    apiAddress('/graph', query),
    ...(layout === 'concentric' ? [] : [apiAddress('/positions', places)]),
  ];
}
