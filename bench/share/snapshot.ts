import { z } from 'zod';

import { snapshotSchema } from '#lib/contracts/snapshots.ts';

import { type Figures, median } from '../cases.ts';
import { settledAtMs } from '../graph/in-page.ts';
import { askAs, middleMs, type Place } from './place.ts';

const RUNS = 5;
const graphSchema = z.object({ nodes: z.array(z.unknown()), edges: z.array(z.unknown()) });

/** What a snapshot of the whole estate weighs, and what it takes to make and to open it. */
export async function snapshotCase({ url, context, admin, team, window }: Place): Promise<Figures> {
  const query = `?cluster=default&from=${minute(window.from)}&to=${minute(window.to)}`;
  const make = async () =>
    snapshotSchema.parse(await askAs(admin, url, '/snapshots', { name: 'bench', query }));
  const storeMs = await middleMs(RUNS, make);
  const { id, bytes } = await make();
  const whole = graphSchema.parse(await askAs(admin, url, `/snapshot/graph?id=${id}&size=whole`));
  const openApi = (person: Place['admin']) => async () => {
    await askAs(person, url, `/snapshot?id=${id}`);
    await askAs(person, url, `/snapshot/graph?id=${id}&size=readable`);
  };
  const settled: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const page = await context.newPage();
    await page.goto(`${url}/snapshots/${id}`);
    const atMs = await settledAtMs(page, 1);
    if (run > 0) settled.push(Math.round(atMs));
    await page.close();
  }
  return {
    snapshotNodes: whole.nodes.length,
    snapshotEdges: whole.edges.length,
    snapshotBytes: bytes,
    snapshotStoreMs: storeMs,
    snapshotOpenApiMs: await middleMs(RUNS, openApi(admin)),
    snapshotOpenApiTeamMs: await middleMs(RUNS, openApi(team)),
    snapshotSettledMs: median(settled),
  };
}

/** As an address has it. */
function minute(at: string): string {
  return `${at.slice(0, 16)}Z`;
}
