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
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'GET') asked.push(new URL(request.url()).pathname);
  });
  const [from, to] = [-1, 0].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
  await page.goto(`/?table=open&from=${from}&to=${to}`);
  await page
    .getByRole('row', { name: /dev-sandbox.*paymentservice/ })
    .getByRole('button')
    .click();
  const drawer = page.getByRole('complementary', { name: 'Details' });
  await expect(drawer).toContainText('pci-restrict');
  await expect(drawer).toContainText('security');
  // What is small came with the page; the picture is asked for once, ahead of what the scripts ask for.
  expect(asked).toContain('/api/v1/edge');
  expect(asked).not.toContain('/api/v1/clusters');
  for (const path of ['/api/v1/graph', '/api/v1/positions']) {
    expect(asked.filter((one) => one === path)).toHaveLength(1);
    expect(asked.indexOf(path)).toBeLessThan(asked.indexOf('/api/v1/timeline'));
  }
});
