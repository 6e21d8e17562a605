import { newestCluster } from '#components/graph/newest-cluster.ts';
import { spanOf } from '#components/time/span-of.ts';
import { wireSpanOf } from '#components/time/wire-span.ts';
import type { AnswersAhead } from '#lib/contracts/answers-ahead.ts';
import { apiAddress, graphQueryOf, positionsQueryOf } from '#lib/contracts/api-address.ts';
import { clustersSchema } from '#lib/contracts/graph.ts';
import { depthTextsOf, type ScreenState } from '#lib/contracts/url-state.ts';
import { askAhead } from '#lib/http/ask-ahead.ts';
import type { RouteHandler } from '#lib/http/route.ts';
import { GET as clusters } from '../api/v1/clusters/route.ts';
import { GET as graph } from '../api/v1/graph/route.ts';
import { GET as positions } from '../api/v1/positions/route.ts';

/** What the graph screen asks for first, one after the other: here it waits for no script and no way there and back. */
export async function graphAhead(state: ScreenState, nowMs: number): Promise<AnswersAhead> {
  const listed = apiAddress('/clusters');
  const list = await askAhead(clusters, listed);
  if (list === null) return { askedAtMs: nowMs, answers: {} };
  const cluster = state.cluster ?? newestCluster(clustersSchema.parse(JSON.parse(list)).clusters)?.name;
  const pairs = await Promise.all(
    questionsOf(state, cluster, nowMs).map(
      async ([route, address]) => [address, await askAhead(route, address)] as const,
    ),
  );
  const answers = [
    [listed, list] as const,
    ...pairs.flatMap(([address, text]) => (text === null ? [] : [[address, text] as const])),
  ];
  return { askedAtMs: nowMs, answers: Object.fromEntries(answers) };
}

function questionsOf(
  state: ScreenState,
  cluster: string | undefined,
  nowMs: number,
): readonly (readonly [RouteHandler, string])[] {
  // Two windows are another question, and what is in pictures the server did not find is asked by the page.
  if (cluster === undefined || state.compare !== null) return [];
  const { layout, isWhole, range } = state;
  const span = wireSpanOf(spanOf(range, nowMs));
  const query = graphQueryOf(cluster, span, depthTextsOf(state), isWhole ? 'whole' : 'readable');
  const asked = [[graph, apiAddress('/graph', query)] as const];
  if (layout === 'concentric') return asked;
  return [...asked, [positions, apiAddress('/positions', positionsQueryOf({ cluster, layout }))]];
}
