import { expect } from 'playwright/test';
import { openForeignPage } from './support/foreign-page.ts';
import { ingestGenerated } from './support/generated-log.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

test('a share link is shown by a page of a listed site, to whoever sees the page', async ({
  page,
  flowloom,
  server,
  browser,
}) => {
  await ingestGenerated(flowloom, 'prod', new Date());
  const [wiki, other] = await Promise.all([openForeignPage(), openForeignPage()]);

  // An admin lists the site; what is no origin is refused with what to write.
  await page.goto('/settings/sharing');
  await page.getByRole('textbox', { name: 'Site' }).fill('wiki.example.com');
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByText('It has no scheme: write it like https://wiki.example.com.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Site' }).fill(`${wiki.origin}/`);
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: wiki.origin })).toBeVisible();
  await expectNoAxeViolations(page);

  await page.goto('/?cluster=prod&last=24h');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByLabel('Name').fill('checkout');
  await page.getByRole('button', { name: 'Make a short link' }).click();
  const link = await page.getByRole('textbox', { name: 'Short link' }).inputValue();
  await page.getByRole('button', { name: 'Embed it in a page' }).click();
  await page.getByLabel('For whom').fill('readers of the wiki');
  await page.getByRole('button', { name: 'Make an embed' }).click();
  const snippet = await page.getByRole('textbox', { name: 'Embed' }).inputValue();
  await expectNoAxeViolations(page);
  wiki.show(snippet);
  other.show(snippet);

  // Somebody who never signed in sees it there, and with no cookie.
  const nobody = await browser.newContext({ viewport: { width: 1000, height: 700 } });
  const reader = await nobody.newPage();
  await reader.goto(wiki.origin);
  const frame = reader.frameLocator('iframe');
  await expect(frame.getByRole('heading', { name: 'checkout' })).toBeVisible();
  await frame.getByRole('button', { name: /^Table/ }).click();
  await expect(frame.getByRole('row', { name: /cartservice/ }).first()).toBeVisible();
  const leads = frame.getByRole('link', { name: 'Open in Flowloom' });
  await expect(leads).toHaveAttribute('href', new URL(link).pathname);
  await expect(leads).toHaveAttribute('target', '_blank');
  expect(await nobody.cookies()).toEqual([]);
  await expectNoAxeViolations(reader);
  wiki.show(snippet.replace(/(src="[^"]*)"/, '$1?theme=dark"'));
  await reader.reload();
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');

  // A site that is not on the list gets nothing, nor does whoever opens the address by itself.
  await reader.goto(other.origin);
  await expect(reader.getByRole('heading', { name: 'Runbook' })).toBeVisible();
  await expect.poll(() => reader.frames()[1]?.url()).toMatch(/^chrome-error:/);
  await reader.goto(/src="([^"]*)"/.exec(snippet)?.[1] ?? server.url);
  await expect(reader.getByRole('heading', { name: /for the page of another site/ })).toBeVisible();

  // Revoked, it is as if it had never been.
  await page.goto('/settings/links');
  await page.getByRole('button', { name: 'Revoke the embed of checkout' }).click();
  await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(page.getByRole('row', { name: /readers of the wiki/ })).toContainText('revoked');
  await expectNoAxeViolations(page);
  await reader.goto(wiki.origin);
  await expect(frame.getByRole('heading', { name: 'This link leads nowhere' })).toBeVisible();
  await nobody.close();
  await Promise.all([wiki.close(), other.close()]);
});
