import { expect, type Page } from 'playwright/test';

import { ingestGenerated } from './support/generated-log.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

const find = (page: Page) => page.getByRole('combobox', { name: 'Find', exact: true });
const hide = (page: Page) => page.getByRole('combobox', { name: 'Hide', exact: true });
const only = (page: Page) => page.getByRole('group', { name: 'Show only' });
const counts = (page: Page) => page.getByRole('status').filter({ hasText: /nodes · / });

test('an expression is completed, corrected and applied with the keyboard alone', async ({
  page,
  flowloom,
}) => {
  await ingestGenerated(flowloom, 'prod', new Date());
  await page.goto('/');
  await expect(counts(page)).toContainText('edges');

  await page.keyboard.press('g');
  await expect(find(page)).toBeFocused();
  await page.keyboard.type('source.na');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option', { name: /source\.namespace/ })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expectNoAxeViolations(page);
  await page.keyboard.press('Enter');
  await expect(find(page)).toHaveValue('source.namespace ');
  await page.keyboard.type('= "frontend"');
  await expect(page.getByText('write == to compare')).toBeVisible();
  await expect(find(page)).toHaveAttribute('aria-invalid', 'true');
  await expectNoAxeViolations(page);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('source.namespace == "frontend"');
  await page.keyboard.press('Enter');
  await expect(counts(page)).toContainText(/ · [1-9]\d* found/);
  await expect(page).toHaveURL(/find=/);

  await page.getByRole('region', { name: 'Table' }).getByRole('button', { name: /Table/ }).press('Enter');
  await expect(page.getByRole('row', { name: /frontend.*, found/ }).first()).toBeVisible();
  await expect(page.getByRole('row', { name: /^cartservice.*, found/ })).toHaveCount(0);
  await expectNoAxeViolations(page);
});

test('what is hidden leaves the picture, or stays in it without moving, and travels in the address', async ({
  page,
  flowloom,
  context,
}) => {
  await ingestGenerated(flowloom, 'prod', new Date());
  await page.goto('/');
  await expect(counts(page)).toContainText('edges');
  const all = await counts(page).textContent();

  await hide(page).fill('namespace == "frontend"');
  await page.keyboard.press('Enter');
  await expect(counts(page)).toContainText(/\d+ of \d+ edges/);
  await page.getByRole('button', { name: 'Dim hidden' }).click();
  await expect(counts(page)).toContainText(all?.split(' · ')[0] ?? 'nodes');
  await expect(page).toHaveURL(/hidden=faded/);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoAxeViolations(page);

  const second = await context.newPage();
  await second.goto(page.url());
  await expect(hide(second)).toHaveValue('namespace == "frontend"');
  await expect(counts(second)).toHaveText((await counts(page).textContent()) ?? '');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(counts(page)).toHaveText(all ?? '');
});

test('quick filters and what only the server knows', async ({ page, flowloom }) => {
  await ingestGenerated(flowloom, 'prod', new Date());
  await page.goto('/');
  await expect(counts(page)).toContainText('edges');
  await only(page).getByRole('button', { name: 'Denied' }).click();
  await expect(counts(page)).toContainText(/\d+ of \d+ edges/);
  await page.keyboard.press('t');
  await expect(page.getByRole('row', { name: /, denied/ }).first()).toBeVisible();
  await expect(page.getByRole('row', { name: /, allowed/ })).toHaveCount(0);
  await only(page).getByRole('button', { name: 'Denied' }).click();

  await only(page).getByRole('button', { name: 'Port…' }).click();
  await page.getByRole('textbox', { name: 'Ports' }).fill('7070');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(only(page).getByRole('button', { name: 'Port 7070' })).toBeVisible();
  await expect(page.getByRole('row', { name: /frontend.*cartservice/ })).toBeVisible();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();

  // Workloads are in no document of namespaces: the server counts their flows.
  await find(page).fill('workload == "cartservice"');
  const asked = page.waitForResponse((response) => response.url().includes('filter=workload'));
  await page.keyboard.press('Enter');
  expect((await asked).status()).toBe(200);
  await expect(counts(page)).toContainText(/ · [1-9]\d* found/);

  await hide(page).fill('has(port) || !has(port)');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'The filters hide everything' })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(counts(page)).not.toContainText('of');
});
