import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { limitedScope, type Scope, wholeEstate } from '#lib/access/scope.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { asOwner } from './owner-session.ts';
import { forgetPositions, keepPositions, readPositions } from './positions.ts';
import { openReader, type Reader } from './reader.ts';

let database: TestDatabase;
let reader: Reader;

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});
beforeEach(() => owner((session) => session.change('DELETE FROM picture')));

const at = new Date(Date.UTC(2026, 0, 1));
const limits = { clusters: ['c1'], namespaceIds: [1n, 2n] };
const scope = limitedScope(limits);

/** Scopes that differ from it in one thing each. */
const others: readonly Scope[] = [
  wholeEstate(),
  limitedScope({ clusters: [], namespaceIds: [] }),
  limitedScope({ ...limits, clusters: [] }),
  limitedScope({ ...limits, clusters: ['c1', 'c2'] }),
  limitedScope({ ...limits, namespaceIds: [1n] }),
  limitedScope({ ...limits, namespaceIds: [12n] }),
  limitedScope({ ...limits, namespacesSince: [{ id: 3n, sinceMs: at.getTime() }] }),
  limitedScope({ ...limits, farEnd: 'nothing' }),
];

const owner = <T>(work: Parameters<typeof asOwner<T>>[1]) => asOwner(database.urls.owner, work);
const keep = (of: Scope, places: Readonly<Record<string, readonly [number, number]>>, view = 'v') =>
  owner((session) => keepPositions(session, of, { view, places, at }));

it('keeps places beside those of the same picture, and forgets them all', async () => {
  expect(await readPositions(reader, scope, 'v')).toBeNull();
  await keep(scope, { a: [1, 2], b: [3, 4] });
  await keep(scope, { b: [5, 6] });
  await keep(scope, { a: [9, 9] }, 'another');
  expect(await readPositions(reader, scope, 'v')).toEqual({ a: [1, 2], b: [5, 6] });
  expect(await owner((session) => forgetPositions(session, scope, 'v'))).toBe(true);
  expect(await owner((session) => forgetPositions(session, scope, 'v'))).toBe(false);
  expect(await readPositions(reader, scope, 'v')).toBeNull();
  expect(await readPositions(reader, scope, 'another')).toEqual({ a: [9, 9] });
});

it('is one memory for all who see the same, in whatever order it was decided', async () => {
  await keep(scope, { a: [1, 2] });
  const same = limitedScope({ clusters: ['c1'], namespaceIds: [2n, 1n] });
  expect(await readPositions(reader, same, 'v')).toEqual({ a: [1, 2] });
});

it.each(others.map((other, index) => ({ other, index })))(
  'shows nothing to another scope ($index)',
  async ({ other }) => {
    await keep(scope, { a: [1, 2] });
    expect(await readPositions(reader, other, 'v')).toBeNull();
    await owner((session) => forgetPositions(session, other, 'v'));
    await keep(other, { z: [7, 7] });
    expect(await readPositions(reader, scope, 'v')).toEqual({ a: [1, 2] });
  },
);

it('has a second wall behind a forgotten WHERE', async () => {
  await keep(scope, { a: [1, 2] });
  await keep(wholeEstate(), { z: [7, 7] });
  const everything = { name: 'test', text: 'SELECT places FROM picture', values: [] };
  expect(await reader.ask(scope, everything)).toEqual([{ places: { a: [1, 2] } }]);
  expect(await reader.ask(wholeEstate(), everything)).toEqual([{ places: { z: [7, 7] } }]);
});

it('has the first wall without the second', async () => {
  await keep(scope, { a: [1, 2] });
  await owner((session) => session.change('ALTER TABLE picture DISABLE ROW LEVEL SECURITY'));
  try {
    expect(await readPositions(reader, wholeEstate(), 'v')).toBeNull();
    expect(await readPositions(reader, scope, 'v')).toEqual({ a: [1, 2] });
  } finally {
    await owner((session) => session.change('ALTER TABLE picture ENABLE ROW LEVEL SECURITY'));
  }
});

it('keeps no more pictures of a scope than people look at', async () => {
  await keep(scope, { a: [1, 2] }, 'oldest');
  await owner((session) =>
    session.change(
      `INSERT INTO picture SELECT scope, 'v' || nth, places, kept_at + nth * interval '1 second'
       FROM picture, generate_series(1, 100) nth`,
    ),
  );
  const later = new Date(at.getTime() + 3_600_000);
  await owner((session) =>
    keepPositions(session, scope, { view: 'newest', places: { a: [3, 4] }, at: later }),
  );
  expect(await readPositions(reader, scope, 'oldest')).toBeNull();
  expect(await readPositions(reader, scope, 'v1')).toBeNull();
  expect(await readPositions(reader, scope, 'v2')).toEqual({ a: [1, 2] });
  expect(await readPositions(reader, scope, 'newest')).toEqual({ a: [3, 4] });
});
