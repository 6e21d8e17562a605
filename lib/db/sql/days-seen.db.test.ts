import { afterAll, beforeAll, expect, it } from 'vitest';
import { limitedScope, wholeEstate } from '#lib/access/scope.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import type { DrawnEnd } from '#lib/graph/model.ts';
import { freshDatabase, type TestDatabase } from '../../../test/database.ts';
import { seedRollups } from '../../../test/rollups.ts';
import { daysSeen } from './days-seen.ts';

let database: TestDatabase;
let reader: Reader;

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
  await seedRollups(database.urls.owner, [
    ...['2026-01-30', '2026-05-31'].map((day) => at(1, day)),
    ...['2026-03-28', '2026-03-30', '2026-04-02'].map((day) => at(2, day)),
  ]);
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

function at(channel: number, day: string) {
  return { at: `${day}T12:00:00Z`, channel, reporter: 'source', verdict: 'allowed', flows: 1 } as const;
}

function workload(namespace: string, name: string): DrawnEnd {
  return { kind: 'workload', cluster: 'c', namespace, name };
}

const server = workload('b2', 'server');

it('is the first and the last day with traffic of a node, on either side of it', async () => {
  const seen = (end: DrawnEnd) => daysSeen(reader, wholeEstate(), { grouping: 'workload', end });
  expect(await seen(server)).toEqual({ firstOn: '2026-03-28', lastOn: '2026-04-02' });
  expect(await seen(workload('a2', 'client'))).toEqual({ firstOn: '2026-03-28', lastOn: '2026-04-02' });
  expect(await seen(workload('a1', 'client'))).toEqual({ firstOn: '2026-01-30', lastOn: '2026-05-31' });
  expect(await seen(workload('a1', 'server'))).toBeNull();
});

it('begins for a viewer when the namespace came into their scope', async () => {
  const since = { id: 22n, sinceMs: Date.UTC(2026, 2, 30) };
  const scope = limitedScope({
    clusters: [],
    namespaceIds: [],
    namespacesSince: [since],
    farEnd: 'namespace',
  });
  const seen = (end: DrawnEnd) => daysSeen(reader, scope, { grouping: 'workload', end });
  expect(await seen(server)).toEqual({ firstOn: '2026-03-30', lastOn: '2026-04-02' });
  expect(await seen(workload('a1', 'client'))).toBeNull();
});
