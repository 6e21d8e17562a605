import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { makePerson } from '../test/person.ts';
import { signInBrowser } from './support/account.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

async function expectNoAxeViolationsInBothThemes(page: Page): Promise<void> {
  await expectNoAxeViolations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoAxeViolations(page);
  await page.emulateMedia({ colorScheme: 'light' });
}

test('an admin adds a person, sees what they see and why, changes and removes them', async ({
  page,
  admin,
}) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Your access' })).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: admin.email })).toBeVisible();
  await expect(page.getByRole('row', { name: /role of the account/ })).toContainText('admin');
  await expectNoAxeViolationsInBothThemes(page);

  await page.getByRole('link', { name: 'People' }).click();
  await expect(page.getByRole('row', { name: admin.email })).toContainText('password');
  await page.getByRole('button', { name: 'Add person' }).click();
  const dialog = page.getByRole('dialog');
  await expectNoAxeViolationsInBothThemes(page);
  await dialog.getByRole('textbox', { name: 'E-mail' }).fill('ada@shop.example');
  await dialog.getByRole('textbox', { name: 'Groups' }).fill('shop, platform');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('shown this once')).toBeVisible();
  const password = (await dialog.locator('pre').textContent()) ?? '';
  expect(password).toHaveLength(20);
  await expectNoAxeViolationsInBothThemes(page);
  await dialog.getByRole('button', { name: 'I have kept it' }).click();
  await expect(page.getByRole('row', { name: 'ada@shop.example' })).toContainText('platform');
  await expectNoAxeViolationsInBothThemes(page);

  const find = page.getByRole('searchbox', { name: 'Find' });
  await find.fill('nobody at all');
  await expect(page.getByText('Nobody here is like that')).toBeVisible();
  await find.fill('ADA@');
  await expect(page.getByRole('row', { name: admin.email })).toHaveCount(0);
  await page.getByRole('link', { name: 'ada@shop.example' }).click();
  await expect(page.getByText('No binding reaches this person')).toBeVisible();
  await page.getByRole('combobox', { name: 'Role in the whole estate' }).selectOption('viewer');
  await page.getByRole('button', { name: 'Save role' }).click();
  await expect(page.getByRole('row', { name: /role of the account/ })).toContainText('viewer');
  await expectNoAxeViolationsInBothThemes(page);

  await page.getByRole('button', { name: 'New password' }).click();
  await dialog.getByRole('button', { name: 'Make a new password' }).click();
  await expect(dialog.locator('pre')).toHaveText(/^[\w-]{20}$/);
  await expect(dialog.locator('pre')).not.toHaveText(password);
  await dialog.getByRole('button', { name: 'I have kept it' }).click();

  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page).toHaveURL(/\/settings\/people$/);
  await expect(page.getByRole('row', { name: admin.email })).toBeVisible();
  await expect(page.getByRole('row', { name: 'ada@shop.example' })).toHaveCount(0);
});

test('somebody makes a token, uses it, and revokes it', async ({ page, server }) => {
  await page.goto('/settings/tokens');
  await page.getByRole('button', { name: 'New token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('nightly');
  await expect(dialog.getByRole('checkbox', { name: 'Read the graph and flows' })).toBeChecked();
  await expectNoAxeViolationsInBothThemes(page);
  await dialog.getByRole('button', { name: 'Make token' }).click();
  const token = (await dialog.locator('pre').textContent()) ?? '';
  const ask = () => fetch(`${server.url}/api/v1/session`, { headers: { authorization: `Bearer ${token}` } });
  expect(await (await ask()).json()).toMatchObject({ rights: ['read'] });
  await dialog.getByRole('button', { name: 'I have kept it' }).click();
  await expectNoAxeViolationsInBothThemes(page);
  await page.getByRole('button', { name: 'Revoke nightly' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('row', { name: 'nightly' })).toContainText('revoked');
  expect((await ask()).status).toBe(401);
});

test('an admin binds a group to a namespace, and takes it back', async ({ page, flowloom }) => {
  await flowloom('user', 'create', 'ada@shop.example', '--group', 'sso');
  await page.goto('/settings/bindings');
  await expect(page.getByText('There is none: people see')).toBeVisible();
  await expect(page.getByRole('row', { name: /^Simulate drafts/ })).toContainText(
    'where the binding reaches',
  );
  await expectNoAxeViolationsInBothThemes(page);

  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'New group' }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('shop');
  await dialog.getByRole('textbox', { name: 'Members' }).fill('ada@shop.example');
  await page.keyboard.press('Enter');
  const groups = page.getByRole('table', { name: 'Groups and their members' });
  await expect(groups).toContainText('ada@shop.example');
  await groups.getByRole('button', { name: 'Edit shop' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Members' })).toHaveValue('ada@shop.example');
  await dialog.getByRole('textbox', { name: 'Members' }).fill('ada@shop.example, bob@shop.example');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(groups).toContainText('bob@shop.example');

  await page.getByRole('button', { name: 'New binding' }).click();
  await expectNoAxeViolationsInBothThemes(page);
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('shop-team');
  await dialog.getByRole('textbox', { name: 'Groups' }).fill('shop');
  await dialog.getByRole('textbox', { name: 'Clusters' }).fill('prod');
  await dialog.getByRole('combobox', { name: 'Reaches' }).selectOption('Namespaces by label');
  await dialog.getByRole('textbox', { name: 'Labels' }).fill(',');
  await expect(dialog.getByText('Name at least one label')).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Reaches' }).selectOption('Namespaces by name');
  await dialog.getByRole('textbox', { name: 'Namespaces' }).fill('shop, shop-*');
  await page.keyboard.press('Enter');
  const row = page.getByRole('row', { name: /^shop-team/ });
  await expect(row).toContainText('prod: shop, shop-*');
  await expect(row).toContainText('Settings');
  await expectNoAxeViolationsInBothThemes(page);

  await page.goto('/settings/people?person=ada@shop.example');
  await expect(page.getByRole('row', { name: /^shop-team/ })).toContainText('group shop');

  await page.goto('/settings/bindings');
  await page.getByRole('button', { name: 'Remove shop-team' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(row).toHaveCount(0);
});

test.describe('view as', () => {
  test.use({ refusals: [403] });
  test('an admin looks as somebody else, changes nothing, and comes back', async ({
    page,
    database,
    admin,
  }) => {
    const viewer = await makePerson(database.urls, { role: 'viewer' });
    await page.goto(`/settings/people?person=${viewer.email}`);
    await page.getByRole('button', { name: 'View as' }).click();
    const banner = page.getByRole('complementary', { name: 'View as' });
    await expect(banner).toContainText(viewer.email);
    await page.getByRole('link', { name: 'Settings' }).click();
    await expect(page.getByRole('definition').filter({ hasText: viewer.email })).toBeVisible();
    const list = page.getByRole('navigation', { name: 'Settings' });
    await expect(list.getByRole('link')).toHaveText([
      'Your access',
      'API tokens',
      'Share links',
      'Snapshots',
    ]);
    await expectNoAxeViolationsInBothThemes(page);
    await list.getByRole('link', { name: 'API tokens' }).click();
    await expect(page.getByRole('heading', { name: 'Nothing is changed while you view' })).toBeVisible();
    await banner.getByRole('button', { name: 'End view as' }).click();
    await expect(page.getByRole('row', { name: admin.email })).toBeVisible();
    await expect(banner).toHaveCount(0);
    await page.goto('/settings/audit?kind=view-as');
    await expect(page.getByRole('row').filter({ hasText: `as: ${viewer.email}` })).toHaveCount(2);
  });

  test('the way back is there where the other sees nothing', async ({ page, flowloom }) => {
    await flowloom('user', 'create', 'bob@bank.example');
    await page.goto('/settings/people?person=bob@bank.example');
    await page.getByRole('button', { name: 'View as' }).click();
    await expect(page.getByRole('heading', { name: 'You have no access yet' })).toBeVisible();
    await expectNoAxeViolationsInBothThemes(page);
    await page.getByRole('button', { name: 'End view as' }).click();
    await expect(page.getByRole('row', { name: 'bob@bank.example' })).toBeVisible();
  });
});

test.describe('somebody who administers nothing', () => {
  test.use({ isSignedIn: false, refusals: [403] });
  test('sees their own settings, and is told so where the others are opened by address', async ({
    page,
    context,
    server,
    database,
  }) => {
    const viewer = await makePerson(database.urls, { role: 'viewer' });
    await signInBrowser(context, server.url, viewer);
    await page.goto('/settings');
    const list = page.getByRole('navigation', { name: 'Settings' });
    await expect(list.getByRole('link')).toHaveText([
      'Your access',
      'API tokens',
      'Share links',
      'Snapshots',
    ]);
    for (const path of ['people', `people?person=${viewer.email}`, 'bindings', 'audit']) {
      await page.goto(`/settings/${path}`);
      await expect(page.getByRole('heading', { name: 'You may not do this' })).toBeVisible();
      await expectNoAxeViolationsInBothThemes(page);
    }
  });
});
