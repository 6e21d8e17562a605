import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wholeEstate } from '#lib/access/scope.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { seedRollups } from '../../test/rollups.ts';
import { readGraph } from './read-graph.ts';

const day = '2026-05-02';
let database: TestDatabase;
let reader: Reader;
let owner: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
  // The source is elected, and what the destination denied is taken from its allowed traffic.
  await seedRollups(database.urls.owner, [
    {
      at: `${day}T10:05:00Z`,
      channel: 1,
      reporter: 'source',
      verdict: 'allowed',
      flows: 10,
      connections: 10,
    },
    {
      at: `${day}T10:50:00Z`,
      channel: 1,
      reporter: 'destination',
      verdict: 'denied',
      flows: 3,
      connections: 3,
    },
    { at: `${day}T12:00:00Z`, channel: 1, reporter: 'source', verdict: 'allowed', flows: 5, connections: 5 },
  ]);
});
afterAll(async () => {
  await reader.close();
  await owner.end();
  await database.drop();
});

async function ask(from: string, to: string) {
  const window = { fromMs: Date.parse(`${day}T${from}:00Z`), toMs: Date.parse(`${day}T${to}:00Z`) };
  const graph = await readGraph(reader, wholeEstate(), {
    window,
    level: 'namespace',
    clusters: null,
    namespaces: null,
  });
  const [edge] = graph.edges;
  const { from: answeredFrom, to: answeredTo } = graph.window.answered;
  return {
    answered: [answeredFrom.slice(11, 16), answeredTo.slice(11, 16)],
    grains: [...new Set(graph.window.pieces.map(({ grain }) => grain))],
    allowed: edge?.allowed.flows ?? 0,
    denied: edge?.denied.flows ?? 0,
  };
}

const dropped = (parent: string, from: string, to: string) =>
  owner.query(`DROP TABLE ${parent}_${from.replaceAll('-', '')};
    INSERT INTO dropped_partition (parent, from_at, to_at, kept) VALUES ('${parent}', '${from}Z', '${to}Z', '{}')`);

it('answers by the hour where minutes are gone, and by the day where hours are, with the sums of what is kept', async () => {
  expect(await ask('10:15', '10:55')).toEqual({
    answered: ['10:15', '10:55'],
    grains: ['1m'],
    allowed: 0,
    denied: 3,
  });
  const hour = await ask('10:00', '11:00');
  expect(hour).toEqual({ answered: ['10:00', '11:00'], grains: ['1h'], allowed: 7, denied: 3 });

  await dropped('channel_1m', day, '2026-05-03');
  expect(await ask('10:15', '10:55')).toEqual(hour);
  expect(await ask('10:00', '11:00')).toEqual(hour);
  expect((await ask('11:30', '12:30')).allowed).toBe(5);

  await dropped('channel_1h', '2026-04-27', '2026-05-04');
  expect(await ask('10:15', '10:55')).toEqual({
    answered: ['00:00', '00:00'],
    grains: ['1d'],
    allowed: 12,
    denied: 3,
  });
});
