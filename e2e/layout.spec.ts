import type { Page } from 'playwright';
import { expect } from 'playwright/test';

import { ingestGenerated } from './support/generated-log.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

type Place = { readonly id: string; readonly x: number; readonly y: number };

/** Where the drawn nodes stand; the drawing hangs on its element. */
async function places(page: Page): Promise<readonly Place[]> {
  return page.evaluate(() => {
    const drawing = Reflect.get(
      Reflect.get(document.querySelector('[role=application]') ?? {}, '_cyreg'),
      'cy',
    );
    return drawing.nodes().map((node: { id: () => string; position: () => { x: number; y: number } }) => ({
      id: node.id(),
      ...node.position(),
    }));
  });
}

async function drawn(page: Page, nth: number): Promise<void> {
  await page.waitForFunction((count) => performance.getEntriesByName('graph-settled').length >= count, nth);
}

async function kept(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName('graph-kept').length > 0);
  await page.evaluate(() => performance.clearMarks('graph-kept'));
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Layout:/ }).click();
  await page.getByRole('menuitemradio', { name: new RegExp(`^${name}`) }).click();
}

test('a picture stays where it is, for everybody who sees the same', async ({ page, flowloom }) => {
  await ingestGenerated(flowloom, 'prod', new Date());
  await page.goto('/');
  await drawn(page, 1);
  await kept(page);
  const first = await places(page);

  // By the mouse, as a person: the node comes along, and is there the next time.
  const box = await page.getByRole('application').boundingBox();
  const target = await page.evaluate(() => {
    const drawing = Reflect.get(
      Reflect.get(document.querySelector('[role=application]') ?? {}, '_cyreg'),
      'cy',
    );
    const node = drawing.nodes()[0];
    return { id: String(node.id()), ...node.renderedPosition() };
  });
  const at = { x: (box?.x ?? 0) + target.x, y: (box?.y ?? 0) + target.y };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x + 30, at.y + 20, { steps: 4 });
  await page.mouse.move(at.x + 60, at.y + 45, { steps: 4 });
  await page.mouse.up();
  await kept(page);
  const dragged = await places(page);
  const moved = dragged.filter((place, index) => place.x !== first[index]?.x || place.y !== first[index]?.y);
  expect(moved.map(({ id }) => id)).toEqual([target.id]);

  await page.reload();
  await drawn(page, 1);
  const rounded = (all: readonly Place[]) =>
    all.map(({ id, x, y }) => [id, Math.round(x), Math.round(y)]).toSorted();
  expect(rounded(await places(page))).toEqual(rounded(dragged));

  await choose(page, 'Groups');
  await expect(page).toHaveURL(/layout=grouped/);
  await drawn(page, 2);
  expect(rounded(await places(page))).not.toEqual(rounded(dragged));
  await choose(page, 'Rings');
  await drawn(page, 3);
  await expectNoAxeViolations(page);
  await page.goBack();
  await page.goBack();
  // Of two steps back that come in one only the last is drawn.
  await expect.poll(async () => rounded(await places(page))).toEqual(rounded(dragged));

  await page.getByRole('button', { name: /^Layout:/ }).click();
  await page.getByRole('menuitem', { name: /^Lay out anew/ }).click();
  await expect.poll(async () => rounded(await places(page))).toEqual(rounded(first));
});
