import { afterAll, beforeAll, expect, it } from 'vitest';
import { limitedScope, wholeEstate } from '#lib/access/scope.ts';
import type { Viewer } from '#lib/access/viewer.ts';
import { endAudit, recordRead } from '#lib/server/record-audit.ts';
import { freshDatabase, type TestDatabase } from '../../../test/database.ts';
import { withClient } from '../../../test/with-client.ts';
import { openReader, type Reader } from '../reader.ts';
import { auditEvents } from './audit-events.ts';

let database: TestDatabase;
let reader: Reader;
const all = { fromMs: null, toMs: null, actor: null, kinds: null, namespace: null, before: null };

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
  await withClient(database.urls.owner, (client) =>
    client.query("INSERT INTO namespace VALUES (1, 'prod', 'shop'), (2, 'prod', 'pay'), (3, 'test', 'shop')"),
  );
  const shop = limitedScope({ clusters: [], namespaceIds: [1n] });
  const prod = limitedScope({ clusters: ['prod'], namespaceIds: [1n, 2n] });
  for (const [name, scope, clusters, namespaces] of [
    ['shop-team', shop, [], []],
    ['prod-team', prod, [], []],
    ['asks-prod', wholeEstate(), ['prod'], []],
    ['asks-test', wholeEstate(), ['test'], ['shop']],
    ['asks-both', wholeEstate(), ['prod', 'test'], ['pay']],
    ['asks-all', wholeEstate(), [], []],
  ] as const) {
    const viewer: Viewer = {
      kind: 'person',
      userId: name,
      email: name,
      groups: [],
      authenticatedBy: 'session',
    };
    const asked = { question: '/graph', clusters, namespaces, address: null };
    await recordRead(database.urls, { viewer, scope }, asked, Date.now());
  }
});
afterAll(async () => {
  await reader.close();
  await endAudit(database.urls);
  await database.drop();
});

it.each([
  ['shop', ['asks-all', 'asks-prod', 'asks-test', 'prod-team', 'shop-team']],
  ['pay', ['asks-all', 'asks-both', 'asks-prod', 'prod-team']],
  ['test/shop', ['asks-all', 'asks-prod', 'asks-test']],
  ['prod/shop', ['asks-all', 'asks-prod', 'asks-test', 'prod-team', 'shop-team']],
  ['nowhere', ['asks-all', 'asks-prod']],
])('who read %s: whoever asked for it, or for all of what held it', async (namespace, viewers) => {
  const rows = await auditEvents(reader, wholeEstate(), { ...all, namespace }, 100);
  expect(rows.map(({ userId }) => userId).sort()).toEqual(viewers);
});

it('shows a reader who sees only some clusters whole what was asked of those, and nothing of the rest', async () => {
  const scope = limitedScope({ clusters: ['prod'], namespaceIds: [1n, 2n] });
  const rows = await auditEvents(reader, scope, all, 100);
  expect(rows.map(({ userId }) => userId)).toEqual(['asks-prod']);
  expect(await auditEvents(reader, limitedScope({ clusters: [], namespaceIds: [1n] }), all, 100)).toEqual([]);
});
