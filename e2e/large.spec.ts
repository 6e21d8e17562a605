import { expect } from 'playwright/test';

import { ingestGenerated } from './support/generated-log.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

test('a thousand namespaces are read, asked, and drawn whole', async ({ page, flowloom }) => {
  await ingestGenerated(flowloom, 'prod', new Date(), { flows: 24_000, namespaces: 1_000 });
  await page.goto('/?last=3h');
  const counts = page.getByRole('status').filter({ hasText: /nodes · / });
  await expect(counts).toContainText('1,0');
  const notice = page.getByRole('status').filter({ hasText: 'Too large to read whole' });
  await expect(notice).toContainText(/2,500 of \d,\d{3} edges/);
  await page.locator('[data-drawn=true]').waitFor();
  await expectNoAxeViolations(page);

  await test.step('a line of the crowd is found by the mouse, and says what it is', async () => {
    const canvas = page.getByRole('application');
    const box = await canvas.boundingBox();
    if (box === null) throw new Error('nothing is drawn');
    const y = box.y + box.height / 2;
    const card = page.getByText(/^\S+ → \S+$/);
    for (let x = box.x + 120; x < box.x + box.width - 60; x += 3) {
      await page.mouse.move(x, y);
      if (await card.isVisible()) break;
    }
    const name = await card.first().textContent();
    await page.mouse.down();
    await page.mouse.up();
    const [client = '', server = ''] = name?.split(' → ') ?? [];
    await expect(page.getByRole('heading', { name: new RegExp(`^${client}.*${server}$`) })).toBeVisible();
    await expect(page).toHaveURL(/edge=/);
    await page.keyboard.press('Escape');
    await expect(page).not.toHaveURL(/edge=/);
  });

  await test.step('a name leads to its node', async () => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox', { name: 'Name to search for' }).fill('paymentserv');
    await page
      .getByRole('option', { name: /paymentservice/ })
      .first()
      .click();
    await expect(page.getByRole('heading', { name: 'paymentservice' })).toBeVisible();
  });

  await test.step('a filter shows a part whole', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Denied', exact: true }).click();
    await expect(notice).toBeHidden();
    await page.getByRole('button', { name: 'Denied', exact: true }).click();
    await expect(notice).toBeVisible();
  });

  await test.step('and all of it is drawn for who wants it', async () => {
    await page.getByRole('button', { name: 'Draw everything' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Everything is drawn' })).toBeVisible();
    await expect(page.locator('canvas[data-lines]')).not.toHaveAttribute(
      'data-lines',
      /^(\d{1,3}|[12]\d{3})$/,
    );
  });
});
