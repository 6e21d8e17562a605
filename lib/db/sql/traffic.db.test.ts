import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeEstate } from '#lib/access/scope.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { planWindow } from '#lib/kit/window.ts';
import { freshDatabase } from '../../../test/database.ts';
import { type Minute, seedRollups } from '../../../test/rollups.ts';
import { traffic } from './traffic.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let reader: Reader;

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

const day = '2026-11-20';
const at = (time: string): string => `${day}T${time}:00Z`;

/** Flows, or another counter, by verdict over a window of the day. */
async function count(counter: 'flows' | 'connections' | 'bytes', from = '00:00', to = '24:00') {
  const instant = (time: string): number =>
    time === '24:00' ? Date.parse(`${day}T00:00Z`) + 86_400_000 : Date.parse(at(time));
  const window = planWindow({ fromMs: instant(from), toMs: instant(to) });
  const rows = await traffic(reader, wholeEstate(), {
    window,
    grouping: 'namespace',
    clusters: null,
    namespaces: null,
  });
  const of = (verdict: string): number =>
    rows.filter((r) => r.verdict === verdict).reduce((sum, r) => sum + r.sums[counter], 0);
  return { allowed: of('allowed'), denied: of('denied'), dropped: of('dropped') };
}

const source = { channel: 1, reporter: 'source', verdict: 'allowed' } as const;
const destination = { channel: 1, reporter: 'destination', verdict: 'allowed' } as const;

describe('the elected reporter', () => {
  it('is the destination where both tell the same', async () => {
    await seedRollups(database.urls.owner, [
      { ...source, at: at('10:00'), flows: 5, connections: 5, bytes: 100 },
      { ...destination, at: at('10:01'), flows: 5, connections: 5, bytes: 90 },
    ]);
    expect(await count('bytes')).toEqual({ allowed: 90, denied: 0, dropped: 0 });
  });

  it('is the source where it opened more than the destination saw of all verdicts', async () => {
    await seedRollups(database.urls.owner, [
      { ...source, at: at('10:00'), flows: 4, connections: 9 },
      { ...destination, at: at('10:01'), flows: 6, connections: 5 },
      { ...destination, at: at('10:01'), verdict: 'denied', flows: 3, connections: 3 },
    ]);
    expect(await count('connections')).toEqual({ allowed: 6, denied: 3, dropped: 0 });
  });

  it('goes by flows where a side does not know connections', async () => {
    await seedRollups(database.urls.owner, [
      { ...source, at: at('10:00'), flows: 4, connections: 9 },
      { ...destination, at: at('10:01'), flows: 6, connections: null },
    ]);
    expect(await count('flows')).toEqual({ allowed: 6, denied: 0, dropped: 0 });
  });

  it('is the one side that reported, and the unknown side only where there is no other', async () => {
    await seedRollups(database.urls.owner, [
      { ...source, at: at('10:00'), flows: 4 },
      { ...source, at: at('10:00'), reporter: 'unknown', flows: 40 },
      { ...source, channel: 2, at: at('10:00'), reporter: 'unknown', flows: 7 },
    ]);
    expect(await count('flows')).toEqual({ allowed: 11, denied: 0, dropped: 0 });
  });

  it('answers in a minute in which only the other side reported', async () => {
    await seedRollups(database.urls.owner, [
      { ...source, at: at('10:00'), flows: 5, connections: 5 },
      { ...destination, at: at('10:05'), flows: 5, connections: 5 },
    ]);
    expect(await count('flows', '10:00', '10:01')).toEqual({ allowed: 0, denied: 0, dropped: 0 });
    expect(await count('flows', '10:05', '10:06')).toEqual({ allowed: 5, denied: 0, dropped: 0 });
  });

  it('is one of two collectors, which never add up', async () => {
    await seedRollups(database.urls.owner, [
      { ...destination, kind: 1, at: at('10:00'), flows: 50, connections: 5 },
      { ...destination, kind: 5, at: at('10:00'), flows: 80, connections: null },
    ]);
    expect(await count('flows')).toEqual({ allowed: 50, denied: 0, dropped: 0 });
  });
});

describe('losses', () => {
  it('add up over both sides of the elected kind', async () => {
    await seedRollups(database.urls.owner, [
      { ...source, at: at('10:00'), verdict: 'denied', flows: 2 },
      { ...destination, at: at('10:00'), flows: 9 },
      { ...destination, at: at('10:02'), verdict: 'denied', flows: 3 },
      { ...source, at: at('10:03'), verdict: 'dropped', flows: 1 },
      { ...source, kind: 5, at: at('10:03'), verdict: 'denied', flows: 1 },
    ]);
    expect(await count('flows')).toEqual({ allowed: 9, denied: 5, dropped: 1 });
  });

  it('at the destination are taken from the nearest allowed traffic before them', async () => {
    await seedRollups(database.urls.owner, [
      { ...source, at: at('08:00'), flows: 10, connections: 10 },
      { ...source, at: at('10:00'), flows: 4, connections: 4 },
      { ...destination, at: at('10:30'), verdict: 'denied', flows: 6, connections: 6 },
      { ...source, at: at('12:00'), flows: 3, connections: 3 },
    ]);
    expect(await count('flows')).toEqual({ allowed: 11, denied: 6, dropped: 0 });
    expect((await count('flows', '08:00', '08:01')).allowed).toBe(8);
    expect((await count('flows', '10:00', '11:00')).allowed).toBe(0);
    expect((await count('flows', '12:00', '24:00')).allowed).toBe(3);
  });

  it('can never make allowed traffic negative', async () => {
    await seedRollups(database.urls.owner, [
      { ...source, at: at('10:00'), flows: 4, connections: 40 },
      { ...destination, at: at('09:00'), verdict: 'denied', flows: 9, connections: 9 },
    ]);
    expect(await count('flows')).toEqual({ allowed: 0, denied: 9, dropped: 0 });
    expect((await count('connections')).allowed).toBe(31);
  });
});

describe('windows', () => {
  const minutes: fc.Arbitrary<readonly Minute[]> = fc.array(
    fc.record({
      at: fc
        .integer({ min: 0, max: 1439 })
        .map((m) => new Date(Date.parse(`${day}T00:00Z`) + m * 60_000).toISOString()),
      channel: fc.constantFrom(1, 2),
      kind: fc.constantFrom(1, 2),
      reporter: fc.constantFrom('source', 'destination', 'unknown'),
      verdict: fc.constantFrom('allowed', 'denied', 'dropped'),
      flows: fc.integer({ min: 1, max: 9 }),
      connections: fc.option(fc.integer({ min: 0, max: 9 })),
      bytes: fc.option(fc.integer({ min: 0, max: 999 })),
    }),
    { minLength: 1, maxLength: 25 },
  );
  const cuts = fc.array(fc.integer({ min: 1, max: 1439 }), { maxLength: 5 });

  it('that tile a day add up to the day, wherever they are cut', async () => {
    const time = (minute: number): string => new Date(minute * 60_000).toISOString().slice(11, 16);
    await fc.assert(
      fc.asyncProperty(minutes, cuts, async (rows, cutAt) => {
        await seedRollups(database.urls.owner, rows);
        const edges = [...new Set(cutAt)].sort((a, b) => a - b).map(time);
        const bounds = ['00:00', ...edges, '24:00'];
        for (const counter of ['flows', 'connections', 'bytes'] as const) {
          const parts = { allowed: 0, denied: 0, dropped: 0 };
          for (const [i, from] of bounds.slice(0, -1).entries()) {
            const part = await count(counter, from, bounds[i + 1]);
            expect(Math.min(part.allowed, part.denied, part.dropped)).toBeGreaterThanOrEqual(0);
            parts.allowed += part.allowed;
            parts.denied += part.denied;
            parts.dropped += part.dropped;
          }
          expect(parts).toEqual(await count(counter));
        }
      }),
      { numRuns: process.env.FLOWLOOM_LONG ? 300 : 25 },
    );
  });
});
