import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyInventory } from '#lib/server/apply-inventory.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestText } from '../../test/ingest-text.ts';
import { calicoLine, policyEstate } from '../../test/policy-estate.ts';

const NOW_MS = Date.now();
const HOUR_MS = 3_600_000;

let database: TestDatabase;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flowloom-policy-'));
  database = await freshDatabase();
  const files = [{ file: 'estate.yaml', text: policyEstate }];
  const nowMs = NOW_MS - 5 * HOUR_MS;
  await applyInventory(database.urls, { cluster: 'c1', files, prune: 'none', nowMs });
  const seen = (from: string, to: string, port: number) =>
    calicoLine(from, to, { atMs: NOW_MS - HOUR_MS, port, action: 'allow', hits: { enforced: [] } });
  const lines = [
    seen('shop/web', 'shop/cart', 8080),
    seen('shop/cart', 'shop/web', 80),
    seen('shop/cart', 'logs/store', 514),
  ];
  await ingestText(database, `${lines.join('\n')}\n`, { format: 'calico', namedCluster: 'c1' });
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

function policy(...args: readonly string[]): Promise<Ended> {
  const env = { ...process.env, DATABASE_URL: database.urls.owner, FLOWLOOM_DEMO: 'off' };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['bin/flowloom.js', 'policy', ...args],
      { env },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

it('lists and explains what was applied, and of a time what there was then', async () => {
  const listed = await policy('list', 'inventory', '--json');
  expect(JSON.parse(listed.stdout)).toContainEqual({
    src: 'shop/web[Deployment]',
    dst: 'shop/cart[Deployment]',
    conn: 'TCP 8080',
  });
  const asked = ['--from', 'shop/web', '--to', 'payments/api', '--port', '80'];
  const explained = await policy('explain', 'inventory', ...asked);
  expect(explained.code).toBe(1);
  expect(explained.stdout).toContain('rule 1 of GlobalNetworkPolicy security.pci-restrict in tier security');
  const before = await policy('explain', 'inventory', ...asked, '--at', '-1d');
  expect([before.code, before.stderr]).toEqual([
    2,
    'error: cluster c1 had no inventory then: flowloom inventory apply -f FILE --cluster c1 makes one\n',
  ]);
  expect((await policy('list', folder, '--at', '-1d')).code).toBe(2);
  const whole = await policy('list', folder, '--cluster', 'c1');
  expect([whole.code, whole.stderr]).toEqual([
    2,
    expect.stringContaining('--cluster: files are taken whole'),
  ]);
});

it('checks a draft against the inventory, over what was ingested', async () => {
  const file = path.join(folder, 'draft.yaml');
  const closed = '{podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}';
  await writeFile(
    file,
    `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: shut, namespace: shop}, spec: ${closed}}`,
  );
  const checked = await policy('check', file, '--json');
  expect([checked.code, JSON.parse(checked.stdout)]).toMatchObject([
    1,
    {
      summary: { same: 1, newlyDenied: 1, newlyAllowed: 0, undecidable: 1 },
      changes: [
        {
          src: 'shop/cart[Deployment]',
          dst: 'shop/web[Deployment]',
          port: 80,
          before: 'allowed',
          after: 'denied',
        },
      ],
      undecidable: [{ dst: 'logs/store[Deployment]' }],
    },
  ]);
  const named = ['--base', 'inventory', '--cluster', 'c1', '--window', '7d', '--fail-on', 'newly-allowed'];
  expect((await policy('check', file, ...named)).code).toBe(0);
  expect((await policy('check', file, '--window', '7d', '--flows', file)).code).toBe(2);
  expect((await policy('check', file, '--window', 'long')).code).toBe(2);
});

it('recommends from what was ingested, and denies none of it', async () => {
  const { code, stdout } = await policy('recommend', '--namespace', 'shop', '--window', '12h', '--json');
  const found = JSON.parse(stdout);
  expect([code, found.policies, found.wouldDeny]).toEqual([0, 2, []]);
  expect(found.yaml).toContain("app == 'web'");
  const none = await policy('recommend', '--namespace', 'shop', '--window', '1m');
  expect([none.code, none.stderr]).toEqual([
    2,
    'error: --window: nothing was recorded of cluster c1 in the last 1m; write a longer one, or flowloom ingest FILE --cluster c1\n',
  ]);
});
