import type { Browser, BrowserContext, Page } from 'playwright';
import { z } from 'zod';

import { signInBrowser } from '../../e2e/support/account.ts';
import { startServer } from '../../e2e/support/server.ts';
import { makePerson } from '../../test/person.ts';
import { onStage } from '../stage.ts';
import { ingestEstate } from './estate.ts';
import { fcoseMs } from './fcose.ts';
import { drawnLines, drawnNodes, layoutMs, settledAtMs, watchLongTasks } from './in-page.ts';
import { measureLive } from './measure-live.ts';
import { measurePan } from './measure-pan.ts';
import { traced } from './trace.ts';

const MIDDLE_OF_FIVE = 2;
const OPENINGS = 5;

const graphSchema = z.object({
  nodes: z.array(z.object({ id: z.string() })),
  edges: z.array(z.object({ id: z.string(), source: z.string(), target: z.string() })),
});

type Opening = {
  readonly readableMs: number;
  readonly longestTaskMs: number;
  readonly longestTaskCpuMs: number;
  readonly mainThreadCpuMs: number;
  readonly layoutMs: number;
};

/** Everything that is measured of one estate, on a database and a server of its own. */
export async function measureSize(
  browser: Browser,
  size: { readonly namespaces: number; readonly edges: number },
  { isCompared }: { readonly isCompared: boolean },
) {
  return onStage(async (stage) => {
    const nowMs = Date.now();
    await ingestEstate(stage, size.namespaces, nowMs);
    const server = await startServer({ databaseUrl: stage.urls.owner });
    try {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'UTC' });
      await signInBrowser(context, server.url, await makePerson(stage.urls));
      await context.addInitScript(() => localStorage.setItem('flowloom-tour', 'over'));
      // The server's first answers are of its own start, not of the graph.
      await open(browser, context, server.url);
      await forgetPlaces(context, server.url);
      const cold: Opening[] = [];
      const known: Opening[] = [];
      for (let nth = 0; nth < OPENINGS; nth += 1) {
        await forgetPlaces(context, server.url);
        cold.push(await open(browser, context, server.url, { isKept: true }));
        known.push(await open(browser, context, server.url));
      }
      const page = await context.newPage();
      await watchLongTasks(page);
      await page.goto(server.url);
      await settledAtMs(page, 1);
      const graph = await documentOf(context, server.url);
      const drawn = await drawnNodes(page);
      const lines = await drawnLines(page);
      const pan = await measurePan(page);
      const live = await measureLive(page, server.url);
      await page.close();
      return {
        nodes: graph.nodes.length,
        edges: graph.edges.length,
        drawnNodes: drawn.length,
        drawnLines: lines,
        readableMs: middle(cold, 'readableMs'),
        readableKnownMs: middle(known, 'readableMs'),
        longestTaskMs: middle(cold, 'longestTaskMs'),
        longestTaskKnownMs: middle(known, 'longestTaskMs'),
        longestTaskCpuMs: middle(cold, 'longestTaskCpuMs'),
        mainThreadCpuMs: middle(cold, 'mainThreadCpuMs'),
        layoutMs: middle(cold, 'layoutMs'),
        fcoseMs: isCompared ? await fcoseMs(browser, graph) : null,
        ...pan,
        ...live,
      };
    } finally {
      await server.stop();
    }
  });
}

/** One navigation of a fresh tab, to the settled picture. */
async function open(
  browser: Browser,
  context: BrowserContext,
  url: string,
  { isKept = false }: { readonly isKept?: boolean } = {},
): Promise<Opening> {
  const page = await context.newPage();
  try {
    const { result: readableMs, thread } = await traced(browser, page, async () => {
      await page.goto(url);
      return settledAtMs(page, 1);
    });
    if (isKept) await untilKept(page);
    return {
      readableMs: Math.round(readableMs),
      longestTaskMs: thread.longestTaskMs,
      longestTaskCpuMs: thread.longestTaskCpuMs,
      mainThreadCpuMs: thread.cpuMs,
      layoutMs: await layoutMs(page),
    };
  } finally {
    await page.close();
  }
}

/** A picture is written to the server a moment after it has settled. */
async function untilKept(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName('graph-kept').length > 0, null, {
    polling: 50,
  });
}

async function forgetPlaces(context: BrowserContext, url: string): Promise<void> {
  const answer = await context.request.delete(`${url}/api/v1/positions?cluster=default`, {
    headers: { origin: url },
  });
  if (!answer.ok()) throw new Error(`forgetting positions: ${answer.status()} ${await answer.text()}`);
}

async function documentOf(context: BrowserContext, url: string) {
  const answer = await context.request.get(`${url}/api/v1/graph?from=-6h&to=now&cluster=default&size=whole`);
  return graphSchema.parse(await answer.json());
}

function middle(openings: readonly Opening[], figure: keyof Opening): number {
  return openings.map((opening) => opening[figure]).toSorted((a, b) => a - b)[MIDDLE_OF_FIVE] ?? Number.NaN;
}
