import { expect } from 'playwright/test';

import { seedDemo } from '#lib/server/seed-demo.ts';
import { test } from './support/journey.ts';

test('the demo says what it is and goes with one click', async ({ page, database }) => {
  await seedDemo(database.urls, Date.now());
  await page.goto('/');
  await expect(page.getByText(/Demo data/)).toBeVisible();
  await page.getByRole('button', { name: 'Remove demo data' }).click();
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /Remove/ })
    .click();
  await expect(page.getByRole('heading', { name: 'No flow logs yet' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'No flow logs yet' })).toBeVisible();
});

test('a denied edge names the policy that denied it', async ({ page, database }) => {
  await seedDemo(database.urls, Date.now());
  await page.goto('/?table=open&last=24h');
  await page
    .getByRole('row', { name: /dev-sandbox.*paymentservice/ })
    .getByRole('button')
    .click();
  const drawer = page.getByRole('complementary', { name: 'Details' });
  await expect(drawer).toContainText('pci-restrict');
  await expect(drawer).toContainText('security');
});
