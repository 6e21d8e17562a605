import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'playwright/test';
import { ingestGenerated } from './support/generated-log.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

test('from a denied edge to its flows, their policies, and a file of all of them', async ({
  page,
  flowloom,
}, testInfo) => {
  await ingestGenerated(flowloom, 'prod', new Date());
  const people = testInfo.outputPath('namespaces.yaml');
  mkdirSync(testInfo.outputDir, { recursive: true });
  writeFileSync(
    people,
    '{apiVersion: v1, kind: Namespace, metadata: {name: cartservice, labels: {team: carts}, annotations: {owner: Carts, contact: "#carts"}}}',
  );
  await flowloom('inventory', 'apply', '-f', people, '--cluster', 'prod');

  await page.goto('/?node=prod/namespace/cartservice');
  const drawer = page.getByRole('complementary', { name: 'Details' });
  await expect(drawer.getByText('#carts')).toBeVisible();
  await expect(drawer.getByText('team=carts')).toBeVisible();
  await expect(drawer.getByText('First seen')).toBeVisible();
  await expectNoAxeViolations(page);
  await page.keyboard.press('t');
  await page
    .getByRole('row', { name: /frontend.*cartservice/ })
    .getByRole('button')
    .click();
  await expect(drawer.getByText('Newest flows')).toBeVisible();
  await expect(drawer.getByText('Whom to ask')).toBeVisible();
  await expectNoAxeViolations(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await drawer.getByRole('button', { name: 'Copy as' }).click();
  await page.getByRole('menuitem', { name: 'Query of Whisker' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('"dest_namespaces":[{"value":"cartservice","type":"Exact"}]');

  await drawer.getByRole('link', { name: 'All its flows' }).click();
  await expect(page).toHaveURL(/\/flows\?.*edge=/);
  const rows = page.getByRole('row');
  await expect(rows.nth(1)).toContainText('cartservice/cartservice');
  await expect(page.getByRole('button', { name: /Only of frontend → cartservice/ })).toBeVisible();
  await rows.nth(1).getByRole('button').press('Enter');
  await expect(page.getByText('Into cartservice/cartservice')).toBeVisible();
  await expectNoAxeViolations(page);
  await rows.nth(1).getByRole('button').press('Enter');

  // With the keyboard alone: other flows, one row after the other, another column.
  await page.getByRole('button', { name: /Only of frontend/ }).press('Enter');
  await page.getByRole('button', { name: 'Denied' }).press('Enter');
  await expect(page).toHaveURL(/only=denied/);
  await expect(rows.nth(1)).toContainText('denied');
  await expect(rows.filter({ hasText: 'allowed' })).toHaveCount(0);
  await rows.nth(1).getByRole('button').focus();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(2).getByRole('button')).toBeFocused();
  await page.getByRole('button', { name: 'Columns' }).press('Enter');
  await page.getByRole('menuitemcheckbox', { name: 'Client pod' }).press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Client pod' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'Client pod' })).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoAxeViolations(page);

  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /CSV/ }).click();
  const lines = readFileSync(await (await waiting).path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  const listed = JSON.parse(
    await flowloom(
      'flows',
      '--from',
      '-6h',
      '--to',
      'now',
      '--filter',
      'verdict == "denied"',
      '--limit',
      '5000',
      '--json',
    ),
  );
  expect(lines.length - 1).toBe(listed.flows.length);
  expect(lines[0]).toMatch(/^time,/);

  await page.goto('/flows');
  await expect(page.getByText('200 flows and more')).toBeVisible();
  const scroller = page.getByRole('region', { name: 'Flows', exact: true });
  await scroller.focus();
  await expect(async () => {
    await page.keyboard.press('End');
    await expect(page.getByText(/^[4-9]\d\d flows and more/)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  expect(await rows.count()).toBeLessThan(120);

  await page.goto('/flows?find=workload+%3D%3D+%22nobody%22');
  await expect(page.getByRole('heading', { name: 'No flow of this window is like this' })).toBeVisible();
  await expectNoAxeViolations(page);
});
