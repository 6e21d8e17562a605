import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestText } from '../../test/ingest-text.ts';
import { applyInventory } from './apply-inventory.ts';

const START = 1_777_633_200;
const START_MS = START * 1000;

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
});
beforeEach(async () => {
  await owner.query('TRUNCATE flow, ingest_batch, ingest_request, inventory_object, inventory_apply');
});
afterAll(async () => {
  await closeWriterPools(database.urls.writer);
  await owner.end();
  await database.drop();
});

function pod(
  name: string,
  namespace: string,
  address: string,
  startedAtMs: number,
  ports: readonly number[] = [],
) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: { nodeName: 'node-1', containers: [{ ports: ports.map((containerPort) => ({ containerPort })) }] },
    status: {
      phase: 'Running',
      hostIP: '192.168.0.1',
      podIP: address,
      startTime: new Date(startedAtMs).toISOString(),
    },
  };
}

function apply(items: readonly unknown[], nowMs: number, cluster = 'c1') {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  return applyInventory(database.urls, {
    cluster,
    files: [{ file: 'pods.json', text }],
    prune: 'all',
    nowMs,
  });
}

const order = 'srcaddr dstaddr srcport dstport bytes packets protocol start end action';

function rows(...list: readonly (readonly [string, string, number, number, number])[]): string {
  const lines = list.map(
    ([from, to, sourcePort, port, after]) =>
      `${from} ${to} ${sourcePort} ${port} 100 1 6 ${START + after} ${START + after + 10} ACCEPT\n`,
  );
  return `${order}\n${lines.join('')}`;
}

async function flows(): Promise<readonly string[]> {
  const { rows: found } = await owner.query<{ text: string }>(
    `SELECT concat_ws(' ', coalesce(sn.name || '/', '') || s.name, '->', coalesce(dn.name || '/', '') || d.name, f.server_port,
       f.flags >> 6 & 7) AS text
     FROM flow f JOIN channel c ON c.id = f.channel
     JOIN endpoint s ON s.id = c.source LEFT JOIN namespace sn ON sn.id = s.namespace
     JOIN endpoint d ON d.id = c.destination LEFT JOIN namespace dn ON dn.id = d.namespace
     ORDER BY f.started_at, f.server_port`,
  );
  return found.map(({ text }) => text);
}

const LISTENING = 3;
const EPHEMERAL = 4;
const LOWER = 5;

it('names addresses of a VPC flow log as the inventory knew them at the time of each flow', async () => {
  const cart = pod('cart-0', 'shop', '10.0.0.1', START_MS - 3_600_000);
  await apply([cart], START_MS - 60_000);
  // cart-0 goes, and its address comes back as another pod's.
  await apply([pod('vault-0', 'bank', '10.0.0.1', START_MS + 100_000)], START_MS + 120_000);
  await ingestText(
    database,
    rows(
      ['10.0.0.1', '203.0.113.7', 40_000, 443, 0],
      ['10.0.0.1', '203.0.113.7', 40_000, 443, 110],
      ['10.0.0.9', '192.168.0.1', 40_000, 443, 120],
      ['10.0.0.1', '203.0.113.7', 40_000, 443, -7_200],
    ),
  );
  expect(await flows()).toEqual([
    `private -> public 443 ${EPHEMERAL}`,
    `shop/cart -> public 443 ${EPHEMERAL}`,
    `bank/vault -> public 443 ${EPHEMERAL}`,
    `private -> node-1 443 ${EPHEMERAL}`,
  ]);
});

it('follows what is applied between two inputs, and knows nothing of another cluster', async () => {
  const row = rows(['10.0.0.1', '10.0.0.2', 50_051, 40_000, 0]);
  await ingestText(database, row);
  await apply([pod('cart-0', 'shop', '10.0.0.1', START_MS - 1_000)], START_MS, 'c2');
  await ingestText(database, row);
  await apply(
    [
      pod('cart-0', 'shop', '10.0.0.1', START_MS - 1_000, [50_051]),
      pod('web-0', 'shop', '10.0.0.2', START_MS - 1_000),
    ],
    START_MS,
  );
  await ingestText(database, row);
  // Without a name it is the cluster `default`, which has no inventory.
  await ingestText(database, row, { namedCluster: null });
  expect((await flows()).toSorted()).toEqual(
    [
      `private -> private 40000 ${LOWER}`,
      `private -> private 40000 ${LOWER}`,
      `private -> private 40000 ${LOWER}`,
      `shop/web -> shop/cart 50051 ${LISTENING}`,
    ].toSorted(),
  );
});
