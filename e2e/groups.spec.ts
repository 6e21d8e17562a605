import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from 'playwright/test';

import type { Flowloom } from './support/flowloom.ts';
import { ingestGenerated } from './support/generated-log.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

test.use({ hasTouch: true });

const details = (page: Page) => page.getByRole('complementary', { name: 'Details' });
const groups = (page: Page) => page.getByRole('combobox', { name: /^Grouped by/ });

type Drawn = {
  readonly zoom: number;
  readonly pan: { readonly x: number; readonly y: number };
  /** In the picture, and on the screen. */
  readonly nodes: readonly {
    readonly id: string;
    readonly at: readonly number[];
    readonly x: number;
    readonly y: number;
  }[];
};

/** What is drawn; the drawing hangs on its element. */
async function drawn(page: Page): Promise<Drawn> {
  return page.evaluate(() => {
    const canvas = document.querySelector('[role=application]');
    const drawing = Reflect.get(Reflect.get(canvas ?? {}, '_cyreg'), 'cy');
    const box = canvas?.getBoundingClientRect() ?? { x: 0, y: 0 };
    type Node = Record<'position' | 'renderedPosition', () => { x: number; y: number }> & {
      id: () => string;
    };
    return {
      zoom: drawing.zoom(),
      pan: { ...drawing.pan() },
      nodes: drawing.nodes().map((node: Node) => ({
        id: node.id(),
        at: [Math.round(node.position().x), Math.round(node.position().y)],
        x: box.x + node.renderedPosition().x,
        y: box.y + node.renderedPosition().y,
      })),
    };
  });
}

/** Far from any node, where a finger moves the picture and not what is on it. */
function emptyPlace({ nodes }: Drawn): { readonly x: number; readonly y: number } {
  const places = [250, 400, 550, 700, 850].flatMap((x) => [260, 340, 420, 500, 580].map((y) => ({ x, y })));
  const distance = (place: { readonly x: number; readonly y: number }) =>
    Math.min(...nodes.map(({ x, y }) => Math.hypot((x - place.x) / 3, y - place.y)));
  return places.reduce((best, place) => (distance(place) > distance(best) ? place : best));
}

async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName('graph-settled').length > 0);
}

/** The next picture, and not the one that is there. */
async function settledAfter(page: Page, act: () => Promise<unknown>): Promise<void> {
  await page.evaluate(() => performance.clearMarks('graph-settled'));
  await act();
  await settled(page);
}

async function labelTeams(flowloom: Flowloom): Promise<void> {
  const file = join(tmpdir(), `flowloom-namespaces-${process.pid}.yaml`);
  const teams = {
    money: ['cartservice', 'checkoutservice', 'paymentservice', 'currencyservice'],
    goods: ['productcatalogservice', 'shippingservice', 'recommendationservice'],
    people: ['frontend', 'adservice', 'emailservice', 'loadgenerator'],
  };
  const spaces = Object.entries(teams).flatMap(([team, names]) =>
    names.map(
      (name) => `{apiVersion: v1, kind: Namespace, metadata: {name: ${name}, labels: {team: ${team}}}}`,
    ),
  );
  writeFileSync(file, spaces.join('\n---\n'));
  await flowloom('inventory', 'apply', '-f', file, '--cluster', 'prod');
  rmSync(file);
}

test('groups of namespaces by touch, and how long it all took', async ({ page, flowloom, context }) => {
  await ingestGenerated(flowloom, 'prod', new Date());
  await labelTeams(flowloom);

  // What was left open is settled in the address, so that whoever gets it has the same groups.
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/?group=label');
  await expect(groups(page)).toHaveAccessibleName('Grouped by label team: 3 groups. Change');
  await expect(page).toHaveURL(/group=label:team/);
  await settled(page);
  expect(asked.filter((path) => path === '/api/v1/graph')).toHaveLength(1);
  await expectNoAxeViolations(page);

  // A finger on a group shows it, opens it, and closes it; what made room is where it was.
  const before = await drawn(page);
  const group = before.nodes.find(({ id }) => id === 'prod/layer/team=money');
  await page.touchscreen.tap(group?.x ?? 0, group?.y ?? 0);
  await expect(details(page).getByRole('heading', { level: 2 })).toContainText('money · 4');
  await settledAfter(page, () => details(page).getByRole('button', { name: 'Show namespaces' }).tap());
  await expect(page).toHaveURL(/expand=prod\/layer\/team%3Dmoney/);
  expect((await drawn(page)).nodes.map(({ id }) => id)).toContain('prod/namespace/cartservice');
  await settledAfter(page, () => details(page).getByRole('button', { name: 'Close', exact: true }).tap());
  const places = ({ nodes }: Drawn) => nodes.map(({ id, at }) => [id, ...at]).toSorted();
  expect(places(await drawn(page))).toEqual(places(before));

  // Two fingers zoom, one moves the picture.
  const touch = await context.newCDPSession(page);
  const at = (x: number, y: number) => ({ x: 400 + x, y: 620 + y });
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints });
  const resting = await drawn(page);
  await send('touchStart', [at(-20, 0), at(20, 0)]);
  for (const reach of [30, 45, 60, 80]) await send('touchMove', [at(-reach, 0), at(reach, 0)]);
  await send('touchEnd', []);
  const zoomed = await drawn(page);
  expect(zoomed.zoom).toBeGreaterThan(resting.zoom * 1.5);
  const free = emptyPlace(zoomed);
  const drag = (way: number) => [{ x: free.x + way, y: free.y - way / 2 }];
  await send('touchStart', drag(0));
  for (const way of [15, 30, 50]) await send('touchMove', drag(way));
  await send('touchEnd', []);
  const panned = await drawn(page);
  expect(panned.zoom).toBe(zoomed.zoom);
  expect(panned.pan.x).toBeGreaterThan(zoomed.pan.x);

  await groups(page).tap();
  await page.getByRole('option', { name: 'Who talks to whom' }).tap();
  await expect(page).toHaveURL(/group=community:/);
  await expect(groups(page)).toHaveAccessibleName(/Grouped by who talks to whom: \d+ group/);
  await groups(page).tap();
  await page.getByRole('option', { name: 'Do not group' }).tap();
  await expect(groups(page)).toHaveCount(0);

  // How long it took, by colour, in the table and in the drawer.
  await page.goto('/?overlay=latency&table=open');
  const legend = page.getByRole('region', { name: 'Overlay' });
  await expect(legend).toContainText('below 10 ms');
  await expect(legend).toContainText('not known');
  const row = page.getByRole('row', { name: /cartservice.*redis-cart.*on average, 95 % below/ });
  await row.getByRole('button').tap();
  const latency = details(page).getByRole('table', { name: 'Latency' });
  await expect(latency.getByRole('row', { name: /TCP round trip/ })).toBeVisible();
  await expectNoAxeViolations(page);
  await page
    .getByRole('row', { name: /cartservice.*kube-system.*not known/ })
    .getByRole('button')
    .tap();
  await expect(details(page).getByText('Not known: no record of this edge measured it.')).toBeVisible();
});
