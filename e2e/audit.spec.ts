import { readFileSync } from 'node:fs';
import { expect } from 'playwright/test';
import { unknownActor } from '#lib/access/audit.ts';
import { endAudit, recordEvent } from '#lib/server/record-audit.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

const minuteMs = 60_000;

test('an auditor finds who read a namespace, and takes the rows along as a file', async ({
  page,
  server,
  database,
  flowloom,
}) => {
  await page.request.get(`${server.url}/api/v1/graph?from=-1h&to=now&cluster=prod&namespace=shop`);
  await flowloom('token', 'create', '--ingest', '--cluster', 'prod', '--name', 'eu-1');
  const actor = unknownActor('mallory@evil.example');
  await recordEvent(database.urls, { kind: 'sign-in-failed', actor, address: '203.0.113.7' });
  await endAudit(database.urls);

  await page.goto('/');
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Audit log' }).click();
  await expect(page.getByRole('heading', { name: 'Audit log' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Audit log' })).toHaveAttribute('aria-current', 'page');
  const rows = page.getByRole('row');
  await expect(rows.filter({ hasText: 'Made an ingest token' })).toContainText('name: eu-1');
  await expect(rows.filter({ hasText: 'mallory@evil.example' })).toContainText('203.0.113.7');
  await expectNoAxeViolations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoAxeViolations(page);

  await page.getByRole('textbox', { name: 'Namespace' }).fill('shop');
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page).toHaveURL(/namespace=shop/);
  await page.getByRole('combobox', { name: 'What' }).selectOption('Read flows');
  await expect(page).toHaveURL(/kind=flows-read/);
  await expect(rows.filter({ hasText: '/graph: prod / shop' })).toHaveCount(1);
  await expect(rows.filter({ hasText: 'Made an ingest token' })).toHaveCount(0);

  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export' }).click();
  const file = await (await waiting).path();
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ kind: 'flows-read', namespaces: ['shop'] }]);

  await page.getByRole('textbox', { name: 'Who' }).fill('nobody@b.example');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No row of the log is like this' })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Show all of the log' }).click();
  await expect(rows.filter({ hasText: 'mallory@evil.example' })).toHaveCount(1);
});

test('a long log is read to its end, a page at a time', async ({ page, database }) => {
  const count = 450;
  for (let index = 0; index < count; index += 1) {
    const actor = unknownActor(`guess-${String(index).padStart(3, '0')}@b.example`);
    await recordEvent(database.urls, { kind: 'sign-in-failed', actor }, Date.now() - (index + 1) * minuteMs);
  }
  await endAudit(database.urls);
  await page.goto('/settings/audit?kind=sign-in-failed');
  await expect(page.getByText('200 rows and more')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'guess-000' })).toBeVisible();
  const scroller = page.getByRole('region', { name: 'Rows of the audit log' });
  await scroller.focus();
  await expect(async () => {
    await page.keyboard.press('End');
    await expect(page.getByRole('row').filter({ hasText: 'guess-449' })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(page.getByText(`${count} rows`, { exact: true })).toBeVisible();
  expect(await page.getByRole('row').count()).toBeLessThan(120);
});

test.describe('without the right to it', () => {
  test.use({ refusals: [403] });
  test('it says whom to ask', async ({ page }) => {
    const body = { status: 403, code: 'not-allowed', title: 'Not for you', detail: 'Ask an administrator.' };
    await page.route('**/api/v1/audit?*', (route) => route.fulfill({ status: 403, json: body }));
    await page.goto('/settings/audit');
    await expect(page.getByRole('heading', { name: 'Not for you' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Export' })).toHaveCount(0);
    await expectNoAxeViolations(page);
  });
});
