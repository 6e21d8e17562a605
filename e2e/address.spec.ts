import { expect } from 'playwright/test';

import { ingestGenerated } from './support/generated-log.ts';
import { test } from './support/journey.ts';

test('what is shown is in the address, and comes back from it', async ({ page, flowloom, context }) => {
  await ingestGenerated(flowloom, 'prod', new Date());
  await page.goto('/');
  await page.getByRole('button', { name: /Time range/ }).click();
  await page.getByRole('button', { name: 'Last 24 hours' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('t');
  await page
    .getByRole('row', { name: /frontend.*cartservice/ })
    .getByRole('button')
    .click();
  const drawer = page.getByRole('complementary', { name: 'Details' });
  await expect(drawer.getByRole('heading', { level: 2 })).toContainText('cartservice');
  await expect(page).toHaveURL(/last=24h/);
  await expect(page).toHaveURL(/table=open/);

  const second = await context.newPage();
  await second.goto(page.url());
  await expect(second.getByRole('complementary', { name: 'Details' })).toContainText('cartservice');
  await expect(second.getByRole('row', { name: /frontend.*cartservice/ })).toHaveAttribute(
    'aria-current',
    'true',
  );
  await expect(second.getByRole('button', { name: /Time range: Last 24 hours/ })).toBeVisible();

  await page.goBack();
  await expect(page).not.toHaveURL(/edge=/);
  await page.goForward();
  await expect(drawer.getByRole('heading', { level: 2 })).toContainText('cartservice');
});
