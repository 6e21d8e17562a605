import { expect } from 'playwright/test';

import { ingestGenerated } from './support/generated-log.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

test.use({ isFirstVisit: true });

test('from an empty database through the tour to the ports of an edge', async ({ page, flowloom }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'No flow logs yet' })).toBeVisible();
  await expectNoAxeViolations(page);

  const result = await ingestGenerated(flowloom, 'prod', new Date());
  expect(result).toMatchObject({ accepted: 3000, rejected: 0, duplicates: 0 });
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByRole('combobox', { name: 'Cluster' })).toContainText('prod');
  await expect(page.getByText(/\d+ nodes · \d+ edges/)).toBeVisible();

  const tour = (name: string) => page.getByRole('dialog', { name });
  await expect(tour('Who talks to whom')).toBeVisible();
  await expectNoAxeViolations(page);
  for (const next of ['Coloured by what you ask', 'Any time, or live', 'Find it by name']) {
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(tour(next)).toBeVisible();
  }
  await page.getByRole('button', { name: 'Back' }).press('Enter');
  await expect(tour('Any time, or live')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.reload();
  await expect(page.getByText(/\d+ nodes · \d+ edges/)).toBeVisible();
  await page.keyboard.press('?');
  await page.getByRole('button', { name: 'Show the tour of the graph' }).click();
  await page.getByRole('button', { name: 'Skip' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.keyboard.press('t');
  await page
    .getByRole('row', { name: /frontend.*cartservice/ })
    .getByRole('button')
    .click();
  const drawer = page.getByRole('complementary', { name: 'Details' });
  await expect(drawer.getByRole('heading', { level: 2 })).toContainText('cartservice');
  await expect(drawer.getByRole('table', { name: 'Ports of the server' })).toContainText('7070');
  await expectNoAxeViolations(page);

  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoAxeViolations(page);
});
