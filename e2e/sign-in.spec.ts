import type { Page } from 'playwright';
import { expect } from 'playwright/test';

import { firstAdminLink } from '#lib/auth/first-admin.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import { makePerson } from '../test/person.ts';
import { withClient } from '../test/with-client.ts';
import { signInBrowser } from './support/account.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

async function fillIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test.describe('before the sign-in', () => {
  test.use({ isSignedIn: false, refusals: [401, 403] });

  test('a wrong password is refused, the right one leads where one was going, and sign-out ends it', async ({
    page,
    admin,
  }) => {
    await page.goto('/sources?from=there');
    await expect(page).toHaveURL(/\/sign-in\?next=%2Fsources%3Ffrom%3Dthere$/);
    await expectNoAxeViolations(page);
    await fillIn(page, admin.email, 'not the password');
    await expect(page.getByRole('alert').first()).toContainText('E-mail or password is wrong');
    await expectNoAxeViolations(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectNoAxeViolations(page);
    await fillIn(page, admin.email, admin.password);
    await expect(page).toHaveURL(/\/sources\?from=there$/);

    await page.getByRole('button', { name: `Account of ${admin.email}` }).click();
    await expectNoAxeViolations(page);
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await expect(page.getByRole('status')).toContainText('You are signed out');
    await page.goto('/sources');
    await expect(page).toHaveURL(/\/sign-in/);
  });

  test('an address of elsewhere is not followed after signing in', async ({ page, admin, server }) => {
    await page.goto(`/sign-in?next=${encodeURIComponent('//evil.example/')}`);
    await fillIn(page, admin.email, admin.password);
    await expect(page).toHaveURL(`${server.url}/`);
  });

  test('the link of the start makes the first admin, once', async ({ page, database, server }) => {
    await withClient(database.urls.owner, (client) => client.query('DELETE FROM app_user'));
    const path = await asOwner(database.urls.owner, (session) => firstAdminLink(session, Date.now()));
    await page.goto(path ?? '');
    await expect(page.getByRole('heading', { name: 'Make the first admin' })).toBeVisible();
    await expectNoAxeViolations(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectNoAxeViolations(page);
    await page.getByLabel('Your e-mail').fill('ada@example.com');
    await page.getByLabel('New password', { exact: true }).fill('correct horse battery');
    await page.getByLabel('New password, again').fill('correct horse battery');
    await page.getByRole('button', { name: 'Make the account' }).click();
    await expect(page).toHaveURL(`${server.url}/`);
    await expect(page.getByRole('heading', { name: 'No flow logs yet' })).toBeVisible();

    await page.goto(path ?? '');
    await expect(page.getByRole('heading', { name: 'This link is no longer good' })).toBeVisible();
    await expectNoAxeViolations(page);
    const again = await page.request.post('/api/v1/first-admin', {
      headers: { origin: server.url },
      data: { link: path?.split('=')[1], email: 'eve@example.com', password: 'another long password' },
    });
    expect([again.status(), (await again.json()).code]).toEqual([403, 'link-spent']);
  });

  test('whoever has no access yet learns whom to ask', async ({ page, context, database, server, admin }) => {
    const newcomer = await makePerson(database.urls, { role: null });
    await signInBrowser(context, server.url, newcomer);
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'You have no access yet' })).toBeVisible();
    await expect(page.getByText(newcomer.email)).toBeVisible();
    await expect(page.getByRole('link', { name: admin.email })).toBeVisible();
    await expectNoAxeViolations(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectNoAxeViolations(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/sign-in/);
  });
});

test.describe('a session that ends', () => {
  test.use({ refusals: [401] });

  test('leads a running page to the sign-in and back to what was on it', async ({ page, context, admin }) => {
    await page.goto('/sources');
    await expect(page.getByRole('heading', { name: 'Nothing delivers flows yet' })).toBeVisible();
    await context.clearCookies();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Graph' }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await fillIn(page, admin.email, admin.password);
    await expect(page.getByRole('heading', { name: 'No flow logs yet' })).toBeVisible();
  });
});
