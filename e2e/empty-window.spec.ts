import { expect } from 'playwright/test';

import { ingestGenerated } from './support/generated-log.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

test('a window without traffic leads to the newest flow', async ({ page, flowloom }) => {
  await ingestGenerated(flowloom, 'archive', new Date('2026-06-17T00:00:00Z'));
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'No traffic in this window' })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Go to the newest flow' }).click();
  await expect(page.getByText(/\d+ nodes · \d+ edges/)).toBeVisible();
  await expect(page).toHaveURL(/from=2026-06-1\d/);
});

test('an address of a cluster that is not there says so and leads on', async ({ page, flowloom }) => {
  await ingestGenerated(flowloom, 'archive', new Date());
  await page.goto('/?cluster=gone');
  await page.getByRole('button', { name: 'Show what there is' }).click();
  await expect(page.getByRole('combobox', { name: 'Cluster' })).toContainText('archive');
});
