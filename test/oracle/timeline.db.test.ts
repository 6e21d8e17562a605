import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeEstate } from '#lib/access/scope.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { TimelineDocument } from '#lib/contracts/timeline.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { parseFilter } from '#lib/filter/filter.ts';
import { readGraph } from '#lib/server/read-graph.ts';
import { readTimeline } from '#lib/server/read-timeline.ts';
import { freshDatabase, type TestDatabase } from '../database.ts';
import { anyFacts, dayMs, type Fact, firstDayMs, seedEstate } from './scoped-estate.ts';
import { anySight, isVisible, scopeOf } from './scoped-model.ts';
import { type Counted, countSlots } from './slot-oracle.ts';

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

const minuteMs = 60_000;
const runs = process.env.FLOWLOOM_LONG ? 60 : 10;
const whole = { level: 'namespace', clusters: null, namespaces: null } as const;

/** Between few ends, where the source mostly reports more than the destination, which denies some of it. */
const crowdedFacts: fc.Arbitrary<readonly Fact[]> = fc.array(
  fc
    .record({
      source: fc.constantFrom(11, 22),
      target: fc.constant(31),
      day: fc.constantFrom(0, 1),
      minute: fc.integer({ min: 0, max: 1439 }),
      kind: fc.constantFrom(1, 1, 1, 2),
      told: fc.constantFrom([1, 1], [1, 1], [1, 1], [1, 2], [2, 2], [2, 2], [2, 1], [0, 1]),
      flows: fc.integer({ min: 1, max: 9 }),
    })
    .map(({ told: [reporter = 0, verdict = 0], ...fact }) => ({ ...fact, reporter, verdict })),
  { minLength: 10, maxLength: 40 },
);

/** Windows of one day of minutes, of two days of hours, and of both days as days. */
const windows = [
  { fromMs: firstDayMs + 90 * minuteMs, toMs: firstDayMs + 7.5 * 60 * minuteMs, stepMinutes: 5 },
  { fromMs: firstDayMs, toMs: firstDayMs + 2 * dayMs, stepMinutes: 30 },
  { fromMs: firstDayMs, toMs: firstDayMs + 5 * dayMs, stepMinutes: 60 },
  { fromMs: firstDayMs - 90 * dayMs, toMs: firstDayMs + 2 * dayMs, stepMinutes: 1440 },
] as const;

function shown({ slots }: TimelineDocument): ReadonlyMap<number, Counted> {
  return new Map(
    slots.flatMap(({ from, allowed, denied, dropped }) => {
      const counted = { allowed: allowed.flows, denied: denied.flows, dropped: dropped.flows };
      const minute = (Date.parse(from) - firstDayMs) / minuteMs;
      return Object.values(counted).some((flows) => flows > 0) ? [[minute, counted] as const] : [];
    }),
  );
}

function expected(facts: readonly Fact[], window: (typeof windows)[number]): ReadonlyMap<number, Counted> {
  const inside = ([minute]: readonly [number, Counted]): boolean => {
    const atMs = firstDayMs + minute * minuteMs;
    return atMs >= window.fromMs && atMs < window.toMs;
  };
  const isAny = ([, counted]: readonly [number, Counted]): boolean =>
    Object.values(counted).some((flows) => flows > 0);
  const slots = [...countSlots(facts, window.stepMinutes)].filter((slot) => inside(slot) && isAny(slot));
  return new Map(slots.toSorted(([a], [b]) => a - b));
}

describe('a timeline', () => {
  it('says of every slot what the raw records of the scope say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyFacts, crowdedFacts), anySight, async (facts, sight) => {
        await seedEstate(database.urls.owner, facts);
        const visible = facts.filter((fact) => isVisible(sight, fact));
        for (const window of windows) {
          const all = await readTimeline(reader, wholeEstate(), { window, ...whole });
          expect(all.slotSeconds).toBe(window.stepMinutes * 60);
          expect(shown(all)).toEqual(expected(facts, window));
          const seen = await readTimeline(reader, scopeOf(sight), { window, ...whole });
          expect(shown(seen)).toEqual(expected(visible, window));
        }
      }),
      { numRuns: runs },
    );
  });

  const filters = [
    'verdict != "allowed"',
    'source.namespace == "alpha"',
    'dest.kind in {"network", "host"}',
    'workload == "deploy-beta"',
    'denied > 3',
    'label.app == "21" || policy == "everybody"',
  ];

  it('adds up to the graph of its window under every filter, namespace and cluster', async () => {
    await fc.assert(
      fc.asyncProperty(anyFacts, anySight, fc.constantFrom(...filters), async (facts, sight, text) => {
        await seedEstate(database.urls.owner, facts);
        const parsed = parseFilter(text);
        if (!parsed.ok) throw new Error(text);
        const window = { fromMs: firstDayMs, toMs: firstDayMs + 2 * dayMs };
        for (const question of [
          { ...whole, filters: { hide: null, show: parsed.value } },
          { ...whole, level: 'workload' as const, filters: { hide: parsed.value, show: null } },
          { ...whole, namespaces: ['alpha', 'gamma'] },
          { ...whole, clusters: ['c2'], filters: { hide: null, show: parsed.value } },
        ]) {
          for (const scope of [wholeEstate(), scopeOf(sight)]) {
            const line = await readTimeline(reader, scope, { window, ...question });
            const graph = await readGraph(reader, scope, { window, ...question });
            expect(totals(line.slots)).toEqual(totals(graph.edges));
          }
        }
      }),
      { numRuns: runs },
    );
  });

  it('tells where events were lost to who sees the cluster whole, and to nobody else', async () => {
    await seedEstate(database.urls.owner, [
      { source: 11, target: 21, day: 1, minute: 720, kind: 1, reporter: 1, verdict: 1, flows: 3 },
    ]);
    const window = { fromMs: firstDayMs, toMs: firstDayMs + 2 * dayMs };
    const lost = async (scope: Parameters<typeof readTimeline>[1]) => {
      const { slots, completeness } = await readTimeline(reader, scope, { window, ...whole });
      const told = slots.filter(({ lostEvents }) => lostEvents > 0);
      return [completeness.lostEvents, told.map(({ from, lostEvents }) => [from, lostEvents])];
    };
    const team = { whole: [1], since: [], clusters: [], farEnd: 'namespace' } as const;
    expect(await lost(wholeEstate())).toEqual([2, [['2026-11-21T12:00:00.000Z', 2]]]);
    expect(await lost(scopeOf({ ...team, clusters: ['c1'] }))).toEqual([
      1,
      [['2026-11-21T12:00:00.000Z', 1]],
    ]);
    expect(await lost(scopeOf(team))).toEqual([0, []]);
  });

  it('of an edge adds up to the edge, and of a node to all that touches it', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyFacts,
        anySight,
        fc.constantFrom('namespace', 'workload', 'port'),
        async (facts, sight, level) => {
          await seedEstate(database.urls.owner, facts);
          const question = {
            ...whole,
            level,
            window: { fromMs: firstDayMs, toMs: firstDayMs + 2 * dayMs },
          } as const;
          const scope = scopeOf(sight);
          const { edges, nodes } = await readGraph(reader, scope, question);
          const of = async (part: { readonly edge: string | null; readonly node: string | null }) =>
            totals((await readTimeline(reader, scope, { ...question, part })).slots);
          for (const edge of edges.slice(0, 3)) {
            expect(await of({ edge: edge.id, node: null })).toEqual(totals([edge]));
          }
          for (const { id } of nodes.slice(0, 3)) {
            const inside = (end: string): boolean => {
              const parent = nodes.find((node) => node.id === end)?.parent;
              return end === id || (parent !== undefined && inside(parent));
            };
            const touching = edges.filter(({ source, target }) => inside(source) || inside(target));
            expect(await of({ edge: null, node: id })).toEqual(totals(touching));
          }
          expect(await of({ edge: 'nothing', node: null })).toEqual(totals([]));
        },
      ),
      { numRuns: runs },
    );
  });
});

type Counts = Pick<GraphDocument['edges'][number], 'allowed' | 'denied' | 'dropped'>;

function totals(rows: readonly Counts[]) {
  const sum = (verdict: keyof Counts) => rows.reduce((total, row) => total + row[verdict].flows, 0);
  return { allowed: sum('allowed'), denied: sum('denied'), dropped: sum('dropped') };
}
