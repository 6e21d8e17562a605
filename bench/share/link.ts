import { linkSchema } from '#lib/contracts/links.ts';

import { type Figures, median } from '../cases.ts';
import { settledAtMs } from '../graph/in-page.ts';
import { askAs, middleMs, type Place } from './place.ts';

const RUNS = 5;

/** Opening a link, beside the graph that it shows: for whoever sees the same, and for whoever sees a part. */
export async function linkCase({ url, context, admin, team }: Place): Promise<Figures> {
  const query = '?cluster=default&last=6h&expand=default/namespace/frontend&node=default/namespace/frontend';
  const { id } = linkSchema.parse(await askAs(admin, url, '/links', { name: 'bench', query }));
  const graph = '/graph?from=-6h&to=now&cluster=default&size=readable&expand=default/namespace/frontend';
  const settledMs = async (path: string): Promise<number> => {
    const page = await context.newPage();
    await page.goto(`${url}${path}`);
    const atMs = await settledAtMs(page, 1);
    await page.close();
    return Math.round(atMs);
  };
  const [byLink, direct]: [number[], number[]] = [[], []];
  for (let run = 0; run <= RUNS; run += 1) {
    const pair = [await settledMs(`/s/${id}`), await settledMs(`/${query}`)] as const;
    if (run > 0) {
      byLink.push(pair[0]);
      direct.push(pair[1]);
    }
  }
  return {
    linkApiMs: await middleMs(RUNS, () => askAs(admin, url, `/link?id=${id}`)),
    linkApiTeamMs: await middleMs(RUNS, () => askAs(team, url, `/link?id=${id}`)),
    graphApiMs: await middleMs(RUNS, () => askAs(admin, url, graph)),
    graphApiTeamMs: await middleMs(RUNS, () => askAs(team, url, graph)),
    linkSettledMs: median(byLink),
    graphSettledMs: median(direct),
  };
}
