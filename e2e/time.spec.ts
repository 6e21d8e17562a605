import type { Page } from 'playwright';
import { expect } from 'playwright/test';

import { ingestGenerated } from './support/generated-log.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

const counts = (page: Page) => page.getByRole('status').filter({ hasText: /nodes · / });
const timeline = (page: Page) => page.getByRole('region', { name: 'Timeline' });

test('a window is taken hold of on the timeline, compared, replayed and followed', async ({
  page,
  flowloom,
}) => {
  const now = new Date();
  await ingestGenerated(flowloom, 'prod', now);
  await page.goto('/?last=1h');
  await expect(counts(page)).toContainText('edges');
  await expect(timeline(page).getByRole('status')).toContainText(/flows? allowed/);

  await test.step('with keys', async () => {
    const start = timeline(page).getByRole('slider', { name: 'Start of the window' });
    await start.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect(page).toHaveURL(/from=.*&to=/);
    await expectNoAxeViolations(page);
  });

  await test.step('with the mouse', async () => {
    const before = page.url();
    const box = await timeline(page).getByRole('slider', { name: 'Window', exact: true }).boundingBox();
    if (!box) throw new Error('there is no window on the timeline');
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width / 2, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 - 90, y, { steps: 3 });
    await page.mouse.up();
    await expect.poll(() => page.url()).not.toBe(before);
    await expect(counts(page)).toContainText('edges');
  });

  await test.step('beside the window before', async () => {
    await page.goto('/?last=1h');
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByRole('button', { name: /The window before/ }).click();
    await expect(page).toHaveURL(/compare=previous/);
    await expect(page.getByRole('region', { name: 'Changes' })).toContainText(/\d+ ?same/);
    await page.keyboard.press('t');
    await expect(page.getByRole('columnheader', { name: 'Change' })).toBeVisible();
    await expectNoAxeViolations(page);
    await page.keyboard.press('t');
  });

  await test.step('frame by frame', async () => {
    await timeline(page).getByRole('button', { name: 'Replay this window' }).click();
    const bar = page.getByRole('region', { name: 'Replay' });
    await expect(bar).toContainText('1 of 60');
    await bar.getByRole('button', { name: '8×' }).click();
    await bar.getByRole('button', { name: 'Play', exact: true }).click();
    await expect(bar).toContainText(/ [4-9] of 60/);
    await bar.getByRole('button', { name: 'Pause the replay' }).click();
    await expect(page).toHaveURL(/replay=8x&at=/);
    await expectNoAxeViolations(page);
    await bar.getByRole('button', { name: 'End the replay' }).click();
    await expect(bar).toBeHidden();
  });

  await test.step('as it changes, and held', async () => {
    await page.goto('/?last=1h');
    await expect(counts(page)).toContainText('edges');
    await page.getByRole('button', { name: 'Live', exact: true }).click();
    await expect(page).toHaveURL(/live=on/);
    // The estate is the same, so that its numbers alone change.
    await page.keyboard.press('t');
    const table = page.getByRole('table');
    await expect(table).toBeVisible();
    const before = await table.textContent();
    await ingestGenerated(flowloom, 'prod', new Date(now.getTime() + 60_000));
    await expect(table).not.toHaveText(before ?? '', { timeout: 30_000 });
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Paused' })).toBeVisible();
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect(page.getByRole('button', { name: 'Live', exact: true })).toBeVisible();
    await expectNoAxeViolations(page);
  });
});
