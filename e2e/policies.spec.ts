import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from 'playwright/test';

import type { Flowloom } from './support/flowloom.ts';
import { ingestGenerated } from './support/generated-log.ts';
import { expectNoAxeViolations, test } from './support/journey.ts';

/** Two namespaces of the generated estate, and a tier that says who may reach payments. */
function manifests(order: number): string {
  const workload = (name: string, labels: string) => `
apiVersion: v1
kind: Namespace
metadata: { name: ${name} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name}${labels} } }
    spec: { containers: [{ name: main, image: main }] }
---`;
  return `${workload('frontend', '')}${workload('cartservice', ', pci: "true"')}
apiVersion: projectcalico.org/v3
kind: Tier
metadata: { name: security }
spec: { order: 100, defaultAction: Pass }
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: security.pci-restrict }
spec:
  tier: security
  order: ${order}
  selector: pci == "true"
  types: [Ingress]
  ingress:
    - action: Pass
      source: { selector: app == "frontend" }
    - action: Deny
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: everybody, namespace: cartservice }
spec: { podSelector: {}, policyTypes: [Ingress], ingress: [{}] }
---
apiVersion: projectcalico.org/v3
kind: StagedNetworkPolicy
metadata: { name: default.only-web, namespace: frontend }
spec: { tier: default, order: 50, selector: all(), types: [Ingress], ingress: [{ action: Deny }] }
`;
}

const draft = `apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata:
  name: security.pci-restrict
spec:
  tier: security
  order: 1
  selector: pci == "true"
  types: [Ingress]
  ingress:
    - action: Deny
`;

async function apply(flowloom: Flowloom, yaml: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'flowloom-manifests-'));
  try {
    const file = join(folder, 'all.yaml');
    writeFileSync(file, yaml);
    await flowloom('inventory', 'apply', '-f', file, '--cluster', 'prod');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const panel = (page: Page) => page.getByRole('complementary', { name: 'Policy' });

test('policies in the order of evaluation, with their history, and whether one may reach another', async ({
  page,
  flowloom,
}) => {
  await ingestGenerated(flowloom, 'prod', new Date());
  await page.goto('/policies');
  await expect(page.getByRole('heading', { name: 'No policies of prod are known' })).toBeVisible();
  await expectNoAxeViolations(page);
  await apply(flowloom, manifests(10));
  await apply(flowloom, manifests(1));
  await page.getByRole('button', { name: 'Check again' }).click();
  const security = page.getByRole('region', { name: 'Tier security' });
  await expect(security.getByRole('button', { name: /pci-restrict/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Tier default' })).toContainText('staged');
  await expectNoAxeViolations(page);

  await page.getByRole('searchbox', { name: 'Search policies' }).fill('only-web');
  await expect(security.getByRole('button', { name: /pci-restrict/ })).toHaveCount(0);
  await expect(page).toHaveURL(/search=only-web/);
  await page.getByRole('searchbox', { name: 'Search policies' }).fill('');

  await security.getByRole('button', { name: /pci-restrict/ }).press('Enter');
  await expect(panel(page).getByRole('list', { name: 'YAML' })).toContainText('selector: pci == "true"');
  await expectNoAxeViolations(page);
  await panel(page)
    .getByRole('tab', { name: /History/ })
    .click();
  await expect(panel(page).getByText('removed: ')).toHaveCount(1);
  await expect(panel(page)).toContainText('order: 10');
  // The state before the change is an address away, and so is the way back.
  await panel(page).getByRole('button', { name: 'All policies as of then' }).last().click();
  await expect(page).toHaveURL(/at=\d{4}-/);
  await expect(page.getByText('Policies, and what they select, as they were on')).toBeVisible();
  await expect(security).toContainText('order 10');
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(page).not.toHaveURL(/at=/);
  await panel(page).getByRole('tab', { name: 'What it selects' }).click();
  await expect(panel(page)).toContainText('cartservice/cartservice[Deployment]');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoAxeViolations(page);
  await page.keyboard.press('Escape');

  // The keyboard alone asks whether one may reach the other, though nobody ever tried this port.
  await page.keyboard.press('m');
  await page.getByRole('combobox', { name: 'From', exact: true }).fill('frontend/frontend');
  await page.getByRole('combobox', { name: 'To', exact: true }).fill('cartservice/cartservice');
  await page.getByRole('textbox', { name: 'Port' }).fill('0');
  await page.keyboard.press('Enter');
  await expect(page.getByText('A port is a number from 1 to 65535.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Port' }).fill('9999');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/may reach .* on TCP 9999/)).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('link', { name: /rule 0 of GlobalNetworkPolicy/ }).click();
  await expect(page).toHaveURL(/rule=ingress:0/);
  await expect(panel(page).getByText('ingress rule 0 decided')).toBeVisible();
});

test('an overlay colours the graph by policies, and a draft says what it would cut off', async ({
  page,
  flowloom,
}) => {
  await ingestGenerated(flowloom, 'prod', new Date());
  await apply(flowloom, manifests(1));
  await page.goto('/');
  const overlays = page.getByRole('region', { name: 'Overlay' });
  await overlays.getByRole('button', { name: 'Coverage' }).click();
  await expect(page).toHaveURL(/overlay=coverage/);
  await expect(page.getByRole('row', { name: /cartservice default deny open/ })).toBeVisible();
  await expectNoAxeViolations(page);
  // Where the policies came, a flag stands on the timeline; one of them is shown on the graph by itself.
  await page.getByRole('button', { name: /^Policies: \d appeared/ }).click();
  await page.getByRole('link', { name: 'policy security.pci-restrict' }).click();
  await expect(panel(page).getByRole('tab', { name: 'History', selected: true })).toBeVisible();
  await page.getByRole('link', { name: 'What it selects and decided, on the graph' }).click();
  await expect(overlays.getByText('selected', { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/overlay=policy:prod/);
  await expectNoAxeViolations(page);
  await overlays.getByRole('combobox', { name: /Overlay: Policy/ }).click();
  await page.getByRole('option', { name: /Evaluated/ }).click();
  await expect(page).toHaveURL(/overlay=evaluated/);

  await overlays.getByRole('button', { name: 'Draft' }).click();
  const sheet = page.getByRole('textbox', { name: 'Policies to try, in YAML' });
  await sheet.fill(draft.replace('selector:', 'selektor:'));
  await page.getByRole('button', { name: 'Try it' }).click();
  await page
    .getByRole('button', { name: /^Line \d+/ })
    .first()
    .click();
  await expect(sheet).toBeFocused();
  await expectNoAxeViolations(page);
  await sheet.fill(draft);
  await page.getByRole('button', { name: 'Try it' }).click();
  const outcome = page.getByRole('region', { name: 'What it changes' });
  await expect(outcome.getByRole('button', { name: /frontend → cartservice/ })).toBeVisible();
  await expect(outcome).toContainText('allowed → denied');
  await expect(page).toHaveURL(/overlay=draft:/);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoAxeViolations(page);

  // The address is enough: it opens on the same draft, with its text.
  await page.reload();
  await expect(sheet).toHaveValue(draft);
  await expect(outcome.getByRole('button', { name: /frontend → cartservice/ })).toBeVisible();
});
