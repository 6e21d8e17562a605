import { readFileSync } from 'node:fs';
import { expect, type Page } from 'playwright/test';

import { ingestGenerated } from './support/generated-log.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

const counts = (page: Page) => page.getByRole('status').filter({ hasText: /nodes · / });
const crumbs = (page: Page) => page.getByRole('navigation', { name: 'Breadcrumbs' });
const details = (page: Page) => page.getByRole('complementary', { name: 'Details' });
const picture = (page: Page) => page.getByRole('application', { name: /Service graph/ });

async function exported(page: Page, format: string) {
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${format}`) }).click();
  const file = await waiting;
  return { name: file.suggestedFilename(), content: readFileSync(await file.path()) };
}

test('from the namespaces to a port and back, with the keyboard and in the address', async ({
  page,
  flowloom,
  context,
}) => {
  await ingestGenerated(flowloom, 'prod', new Date());
  await page.goto('/?node=prod/namespace/cartservice');
  await expect(counts(page)).toContainText('edges');
  const closed = (await counts(page).textContent()) ?? '';

  await details(page).getByRole('button', { name: 'Show workloads' }).press('Enter');
  await expect(page).toHaveURL(/expand=prod\/namespace\/cartservice/);
  await expect(crumbs(page).getByRole('button', { name: 'cartservice', exact: true })).toBeVisible();
  await expect(details(page).getByRole('button', { name: 'Close', exact: true })).toBeVisible();
  await expectNoAxeViolations(page);

  await page.keyboard.press('t');
  await expect(page.getByRole('button', { name: /cartservice Namespace, \d+ edge/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /frontend.*cartservice \/ cartservice.*7070/ })).toBeVisible();

  // What is on the screen leaves as a file: the frame of what is open, cluster and window on it.
  const svg = await exported(page, 'SVG');
  expect(svg.name).toMatch(/^flowloom-prod-\d{8}T\d{4}Z-\d{8}T\d{4}Z\.svg$/);
  for (const text of ['>prod<', '>cartservice<', 'namespace level', ' UTC<']) {
    expect(svg.content.toString()).toContain(text);
  }
  const png = await exported(page, 'PNG');
  expect(png.content.readUInt32BE(16)).toBe(2 * Number(/width="(\d+)"/.exec(svg.content.toString())?.[1]));

  // The keyboard's mark begins at the selection, and is spoken.
  await page.goto('/?expand=prod/namespace/cartservice&node=prod/workload/cartservice/cartservice');
  await expect(details(page).getByRole('button', { name: 'Show ports' })).toBeVisible();
  await picture(page).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByText(/reached by \d+ clients?/)).toHaveCount(1);
  await details(page).getByRole('button', { name: 'Show ports' }).click();
  await expect(page).toHaveURL(/expand=prod\/workload\/cartservice\/cartservice/);
  await expect(crumbs(page)).toContainText('cartservice');
  await page.keyboard.press('t');
  await page
    .getByRole('row', { name: /frontend.*tcp 7070/ })
    .getByRole('button')
    .click();
  await expect(details(page).getByRole('heading', { level: 2 })).toContainText('tcp 7070');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoAxeViolations(page);

  const second = await context.newPage();
  await second.goto(page.url());
  await expect(counts(second)).toHaveText((await counts(page).textContent()) ?? '');
  await expect(details(second).getByRole('heading', { level: 2 })).toContainText('tcp 7070');
  await second.close();

  // Out again: first the selection, then the innermost, then the namespace.
  for (const closing of [/edge=/, /expand=prod\/workload/, /expand=/]) {
    await page.keyboard.press('Escape');
    await expect(page).not.toHaveURL(closing);
  }
  await expect(counts(page)).toHaveText(closed);

  // A workload is found by its name, and opened to.
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Name to search for' }).fill('cartserv');
  await page.getByRole('option', { name: /Workload in cartservice/ }).click();
  await expect(page).toHaveURL(/expand=prod\/namespace\/cartservice&node=prod\/workload\/cartservice/);
  await expect(details(page).getByRole('button', { name: 'Show ports' })).toBeVisible();
  await expect(details(page).getByRole('heading', { name: 'Over time' })).toBeVisible();
  for (const closing of [/node=/, /expand=/]) {
    await page.keyboard.press('Escape');
    await expect(page).not.toHaveURL(closing);
  }
  await expect(counts(page)).toHaveText(closed);

  await crumbs(page).getByRole('button', { name: 'All namespaces' }).press('Enter');
  await expectNoAxeViolations(page);
  await page.getByRole('menuitemcheckbox', { name: /Platform as one node/ }).click();
  await expect(page).toHaveURL(/layer=platform/);
  await crumbs(page).getByRole('button', { name: 'All namespaces' }).click();
  await page.getByRole('menuitemradio', { name: /Whole cluster/ }).click();
  await expect(page).toHaveURL(/level=cluster/);
  await expect(counts(page)).toContainText('nodes');
});
