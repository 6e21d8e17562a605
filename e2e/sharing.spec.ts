import { expect, type Page } from 'playwright/test';
import { putBinding } from '#lib/server/change-binding.ts';
import { makePerson } from '../test/person.ts';
import { signInBrowser } from './support/account.ts';
import { ingestGenerated } from './support/generated-log.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

// Whoever opens what leads nowhere is told so, and a password is asked for by a refusal.
test.use({ refusals: [403, 404] });

test('what one sees is handed on: by its address, by a link, frozen, and in public', async ({
  page,
  flowloom,
  database,
  server,
  browser,
}) => {
  await ingestGenerated(flowloom, 'prod', new Date());
  const mate = await makePerson(database.urls, { role: null });
  const subjects = [{ kind: 'User' as const, name: mate.email }];
  const scopes = [{ clusters: ['prod'], namespaces: ['cartservice'] }];
  await putBinding(database.urls, { name: 'mate', role: 'team', subjects, scopes }, Date.now());

  // Every control of the picture, and what each is in the address.
  await page.goto('/');
  await walkControls(page);
  const address = new URL(page.url());
  const shown = await pressedOn(page);
  const again = await page.context().newPage();
  await again.goto(address.href);
  await expect(again.getByRole('status').filter({ hasText: 'nodes' })).toBeVisible();
  await expect.poll(() => pressedOn(again)).toEqual(shown);
  await again.close();

  // A link with the window as it stands.
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('radio', { name: /^Always/ }).click();
  await page.getByLabel('Name').fill('checkout incident');
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Make a short link' }).click();
  const link = await page.getByRole('textbox', { name: 'Short link' }).inputValue();
  expect(link).toMatch(/\/s\/[\w-]{22}$/);
  await page.getByRole('button', { name: 'snapshot', exact: true }).click();
  await page.getByLabel('Name').fill('report 1');
  await page.getByRole('button', { name: 'Freeze it' }).click();
  const snapshot = await page.getByRole('textbox', { name: 'Snapshot', exact: true }).inputValue();
  await page.keyboard.press('Escape');

  // The mate is led to the sign-in, and is told of nothing that is not theirs.
  const other = await browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 900 } });
  const theirs = await other.newPage();
  await theirs.goto(link);
  await expect(theirs).toHaveURL(/\/sign-in\?next=%2Fs%2F/);
  await expect(theirs.locator('meta[property="og:title"]')).toHaveAttribute('content', /Flowloom/);
  await signInBrowser(other, server.url, mate);
  await theirs.goto(link);
  await expect(theirs).toHaveURL(/via=/);
  await expect(theirs.getByText('which may be less than the sender sees')).toBeVisible();
  await expect(theirs.getByText('checkout incident')).toBeVisible();
  const got = new URL(theirs.url()).searchParams;
  for (const [name, value] of [...address.searchParams].filter(([key]) => kept.includes(key)))
    expect([name, got.get(name)]).toEqual([name, value]);
  expect(got.get('from')).not.toBeNull();
  await expect(theirs.getByRole('status').filter({ hasText: 'nodes' })).toBeVisible();

  await theirs.goto(snapshot);
  await expect(theirs.getByText('which may be less than was frozen')).toBeVisible();
  await expect(theirs.getByRole('row', { name: /cartservice/ }).first()).toBeVisible();
  await expectNoAxeViolations(theirs);
  await theirs.close();
  await other.close();

  // Public: an admin's switch, a picture for whoever has the address and the password.
  await page.goto('/settings/sharing');
  await page.getByRole('checkbox', { name: /Public snapshots/ }).click();
  await page.goto(`${address.pathname}${address.search}`);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('button', { name: 'snapshot', exact: true }).click();
  await page.getByRole('checkbox', { name: /^Public/ }).click();
  await page.getByLabel('For whom').fill('the auditors');
  await page.getByLabel('Password').fill('correct horse');
  await page.getByRole('checkbox', { name: /^Number/ }).click();
  await page.getByRole('button', { name: 'Freeze it' }).click();
  const open = await page.getByRole('textbox', { name: 'Snapshot', exact: true }).inputValue();
  const nobody = await browser.newContext({ baseURL: server.url });
  const outside = await nobody.newPage();
  await outside.goto(open);
  await outside.getByLabel('Password').fill('correct horse');
  await outside.getByRole('button', { name: 'Open' }).click();
  await expect(outside.getByText('the auditors')).toBeVisible();
  await outside.keyboard.press('t');
  await expect(outside.getByRole('row', { name: /workload-\d+/ }).first()).toBeVisible();
  await expect(outside.getByText('cartservice')).toHaveCount(0);
  await expectNoAxeViolations(outside);

  // Taken back, both are as if they had never been.
  await page.goto('/settings/links');
  await page.getByRole('button', { name: 'Revoke checkout incident' }).click();
  await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(page.getByRole('row', { name: /checkout incident/ })).toContainText('revoked');
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'This link leads nowhere' })).toBeVisible();
  await outside.goto(open.replace(/\w{3}$/, 'zzz'));
  await expect(outside.getByRole('heading', { name: 'This link leads nowhere' })).toBeVisible();
  await nobody.close();
});

/** What names nothing, and so comes to everybody. */
const kept = ['level', 'layout', 'hidden', 'only', 'table', 'drawer', 'sort', 'overlay', 'layer'];

/** Presses every control whose state people share. */
async function walkControls(page: Page): Promise<void> {
  const has = (part: RegExp) => expect(page).toHaveURL(part);
  await page.getByRole('button', { name: /Time range/ }).click();
  await page.getByRole('button', { name: 'Last 24 hours' }).click();
  await page.keyboard.press('Escape');
  await has(/last=24h/);
  await page.getByRole('button', { name: 'All namespaces' }).click();
  await page.getByRole('menuitemradio', { name: /All workloads/ }).click();
  await has(/level=workload/);
  await page.getByRole('button', { name: /^Layout/ }).click();
  await page.getByRole('menuitemradio', { name: /Groups/ }).click();
  await has(/layout=grouped/);
  await page.getByRole('button', { name: 'Policy', exact: true }).click();
  await has(/overlay=policy/);
  await page.keyboard.press('t');
  await has(/table=open/);
  await page.getByRole('columnheader', { name: 'Bytes' }).getByRole('button').click();
  await has(/sort=-bytes/);
  await page
    .getByRole('row', { name: /cartservice/ })
    .first()
    .getByRole('button')
    .first()
    .click();
  await has(/edge=/);
  await page.keyboard.press('d');
  await has(/drawer=closed/);
  // The address is a moment before the page.
  await expect(page.getByRole('complementary', { name: 'Details' })).toHaveCount(0);
}

/** How the controls stand. */
async function pressedOn(page: Page): Promise<readonly string[]> {
  const pressed = await page.locator('[aria-pressed="true"], [aria-sort], [aria-current]').allInnerTexts();
  const drawer = await page.getByRole('complementary', { name: 'Details' }).count();
  // How long ago something was goes on.
  return [...pressed.map((text) => text.replace(/\t(just now|\d+ \w+ ago)$/, '')), `drawer ${drawer}`];
}
