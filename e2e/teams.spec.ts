import type { Page } from 'playwright';
import { expect } from 'playwright/test';

import { readStatements } from '#lib/access/read-statements.ts';
import { openReader } from '#lib/db/reader.ts';
import { readManifests } from '#lib/inventory/read-manifests.ts';
import { applyAccess } from '#lib/server/apply-access.ts';
import { applyInventory } from '#lib/server/apply-inventory.ts';
import type { TestDatabase } from '../test/database.ts';
import { ingestText } from '../test/ingest-text.ts';
import { makePerson } from '../test/person.ts';
import { calicoLine, policyEstate } from '../test/policy-estate.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

test.describe.configure({ timeout: 240_000 });
test.use({ isSignedIn: false, refusals: [404] });

const cluster = 'c1';
const hourMs = 3_600_000;

/** What somebody sees who may list the pods of one namespace, read its policies and the names of one tier. */
const rbac = (email: string) => `
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: view, namespace: shop},
  roleRef: {kind: ClusterRole, name: view}, subjects: [{kind: User, name: ${email}}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: tier},
  rules: [{apiGroups: [projectcalico.org], resources: [tiers], resourceNames: [security], verbs: [get]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: tier},
  roleRef: {kind: ClusterRole, name: tier}, subjects: [{kind: User, name: ${email}}]}
`;

const people = `
{apiVersion: v1, kind: Namespace, metadata: {name: shop, annotations: {owner: front-team}}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: payments, labels: {team: payments},
  annotations: {owner: money, contact: money@corp.example, flowloom/show-contact: "true"}}}
`;

/** Yesterday the shop calls itself and payments; today the logs call it, and much is denied. */
async function seed(database: TestDatabase, email: string): Promise<void> {
  const nowMs = Date.now();
  const files = [{ file: 'estate.yaml', text: `${policyEstate}\n---\n${people}` }];
  await applyInventory(database.urls, { cluster, files, prune: 'none', nowMs: nowMs - 48 * hourMs });
  const reader = openReader(database.urls);
  const reading = readStatements(readManifests([{ file: 'rbac.yaml', text: rbac(email) }]).objects);
  await applyAccess({ urls: database.urls, reader, reading, cluster, source: 'default', nowMs });
  await reader.close();
  const allowed = { enforced: ['0|default|shop/knp.default.cart-in|allow|0'] };
  const byCart = { enforced: ['0|default|shop/knp.default.cart-in|deny|-1'] };
  const bySecurity = { enforced: ['0|security|security.pci-restrict|deny|1'] };
  const line = (from: string, to: string, hoursAgo: number, action: 'allow' | 'deny', hits: typeof allowed) =>
    calicoLine(from, to, { atMs: nowMs - hoursAgo * hourMs, port: 8080, action, hits });
  const lines = [
    line('shop/web', 'shop/cart', 30, 'allow', allowed),
    line('shop/web', 'payments/api', 30, 'allow', allowed),
    line('shop/web', 'shop/cart', 2, 'allow', allowed),
    line('shop/web', 'payments/api', 2, 'allow', allowed),
    line('shop/web', 'payments/api', 1, 'deny', bySecurity),
    line('logs/store', 'shop/cart', 1, 'deny', byCart),
    line('logs/store', 'shop/cart', 2, 'deny', byCart),
    line('payments/jobs', 'shop/web', 1, 'deny', bySecurity),
    line('payments/api', 'logs/store', 1, 'allow', allowed),
  ];
  await ingestText(database, `${lines.join('\n')}\n`, { format: 'calico', namedCluster: cluster });
}

const denial = (page: Page, ends: RegExp) =>
  page.getByRole('list', { name: 'Denied connections' }).getByRole('listitem').filter({ hasText: ends });
const details = (page: Page) => page.getByRole('complementary', { name: 'Details' });

test('whoever has one namespace gets from the sign-in to the explanation of a denial, and keeps a view of it', async ({
  page,
  database,
  server,
}) => {
  const person = await makePerson(database.urls, { role: null });
  await seed(database, person.email);
  await page.goto('/');
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();

  // Home: what is theirs, with what changed and what was denied.
  await expect(page).toHaveURL(`${server.url}/namespaces/c1/shop`);
  await expect(page.getByRole('heading', { level: 1, name: 'shop' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'New peers' })).toContainText('logs');
  await expect(page.getByRole('list', { name: 'Changes' })).toContainText('newly denied');
  await expect(page.getByRole('list', { name: 'Coverage' })).toContainText('shop');
  await expect(page.locator('[data-drawn=true]')).toBeVisible();

  // A denial of one's own policy leads to it; one of a tier that is not theirs says so; whom to ask is there.
  const byOwn = denial(page, /logs.*shop/);
  await expect(byOwn.getByRole('link', { name: 'cart-in' })).toBeVisible();
  await expect(byOwn).toContainText('front-team');
  const byTier = denial(page, /^payments.*shop.*tcp/);
  await expect(byTier).toContainText('A policy in tier security that you cannot view');
  await expect(byTier.getByRole('link', { name: 'money@corp.example' })).toBeVisible();
  await expect(denial(page, /^shop.*payments.*tcp/)).toContainText('Decided on the side of payments');
  await expectNoAxeViolations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoAxeViolations(page);
  await page.emulateMedia({ colorScheme: 'light' });

  await byOwn.getByRole('link', { name: 'cart-in' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /cart-in/ })).toBeVisible();
  await page.goBack();

  // The graph at that edge, and back home from the namespace's details.
  await byTier.getByRole('link', { name: /Show in the graph/ }).click();
  await expect(page).toHaveURL(/edge=/);
  await expect(details(page)).toContainText('Whom to ask');
  await expect(details(page)).toContainText('money@corp.example');
  await page.goto('/?node=c1/namespace/shop');
  await details(page).getByRole('link', { name: 'The page of this namespace' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'shop' })).toBeVisible();

  // A view of the graph is kept, and opens from home as it was.
  await page.goto('/?cluster=c1&hide=namespace+%3D%3D+%22logs%22&table=open');
  await page.getByRole('button', { name: 'Views' }).click();
  await expectNoAxeViolations(page);
  // A layer of the reader's own, drawn at once.
  await page.getByRole('button', { name: 'New layer' }).click();
  await page.getByLabel('Name of the layer').fill('Mine');
  await page.getByLabel('Names, * for any text').fill('sho*');
  await page.getByRole('button', { name: 'Make the layer' }).click();
  await expect(page).toHaveURL(/layer=Mine:sho\*/);
  await expect(page.getByRole('checkbox', { name: /Mine/ })).toBeChecked();
  await expect(page.getByRole('row', { name: /Mine.*payments/ })).toBeVisible();
  await page.getByLabel('Save this view as').fill('Without the logs');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page).toHaveURL(/view=/);
  await page.goto('/namespaces/c1/shop');
  await page.getByRole('link', { name: 'Without the logs' }).click();
  await expect(page).toHaveURL(/layer=Mine.*hide=.*view=/);
  await expect(page.getByRole('button', { name: 'Views: Without the logs' })).toBeVisible();
  await page.getByRole('button', { name: 'Views: Without the logs' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('button', { name: 'Views', exact: true })).toBeVisible();

  // What is not theirs and what there is not look alike.
  for (const path of ['/namespaces/c1/logs', '/namespaces/c1/nowhere', '/teams/money']) {
    await page.goto(path);
    await expect(
      page.getByRole('heading', { name: 'There is no such team or namespace for you' }),
    ).toBeVisible();
  }
  await page.getByRole('link', { name: 'Your teams and namespaces' }).click();
  await expect(page.getByRole('link', { name: /front-team/ }).first()).toBeVisible();
});
