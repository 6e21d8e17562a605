import type { Page, Route } from 'playwright';

import { drawnNodes, longestTaskMs, settledAtMs } from './in-page.ts';

/** One edge in so many changes: 5 %. */
const ONE_IN = 20;

/**
 * The graph is asked for again, and one edge in twenty is another one: counters changed, a verdict more, some
 * gone. What blocks the page meanwhile, and which nodes of before and after have moved.
 */
export async function measureLive(page: Page, url: string) {
  const before = new Map((await drawnNodes(page)).map((node) => [node.id, node]));
  const settled = await page.evaluate(() => performance.getEntriesByName('graph-settled').length);
  await page.route(`${url}/api/v1/graph?**`, changed);
  const fromMs = await page.evaluate(() => performance.now());
  await page.keyboard.press('r');
  const toMs = await settledAtMs(page, settled + 1);
  const after = await drawnNodes(page);
  return {
    liveUpdateMs: await longestTaskMs(page, fromMs, toMs + 50),
    liveSettledMs: Math.round(toMs - fromMs),
    movedNodes: after.filter(({ id, x, y }) => {
      const was = before.get(id);
      return was !== undefined && (was.x !== x || was.y !== y);
    }).length,
  };
}

async function changed(route: Route): Promise<void> {
  const answer = await route.fetch();
  const document = await answer.json();
  document.edges = document.edges.flatMap(
    (edge: { allowed: { flows: number }; denied: object }, index: number) => {
      if (index % ONE_IN !== 0) return [edge];
      if (index % (4 * ONE_IN) === 0) return [];
      const allowed = { ...edge.allowed, flows: edge.allowed.flows * 3 + 1 };
      const denied = { ...edge.denied, flows: index % (2 * ONE_IN) === 0 ? 4 : 0 };
      return [{ ...edge, allowed, denied }];
    },
  );
  await route.fulfill({ response: answer, json: document });
}
