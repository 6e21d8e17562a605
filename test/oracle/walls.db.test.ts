import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scope, wholeEstate } from '#lib/access/scope.ts';
import { migrate } from '#lib/db/migrate.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import type { Grouping } from '#lib/db/sql/ends.ts';
import { farEnd } from '#lib/db/sql/far-end.ts';
import { traffic } from '#lib/db/sql/traffic.ts';
import { databaseUrls } from '#lib/db/urls.ts';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { defaultRetention } from '#lib/kit/retention.ts';
import { planWindow, type Span } from '#lib/kit/window.ts';
import { closeIngest } from '#lib/server/ingest-run.ts';
import { maintain } from '#lib/server/maintain.ts';
import { freshDatabase, type TestDatabase } from '../database.ts';
import { ingestText } from '../ingest-text.ts';
import {
  anyFacts,
  channelOf,
  dayMs,
  type Fact,
  firstDayMs,
  namespaces,
  placeOf,
  places,
  seedEstate,
} from './scoped-estate.ts';
import { anySight, expectedLines, isOwn, isVisible, linesOf, type Sight, scopeOf } from './scoped-model.ts';

let walled: TestDatabase;
let open: TestDatabase;
let reader: Reader;
let openWallReader: Reader;

beforeAll(async () => {
  [walled, open] = [await freshDatabase(), await freshDatabase()];
  await withOwner(open, async (client) => {
    const { rows } = await client.query('SELECT oid::regclass AS name FROM pg_class WHERE relrowsecurity');
    for (const { name } of rows) await client.query(`ALTER TABLE ${name} DISABLE ROW LEVEL SECURITY`);
    expect(rows.length).toBeGreaterThan(15);
  });
  reader = openReader(walled.urls);
  openWallReader = openReader(open.urls);
});
afterAll(async () => {
  await reader.close();
  await openWallReader.close();
  await walled.drop();
  await open.drop();
});

const numRuns = process.env.FLOWLOOM_LONG === '1' ? 300 : 15;
/** Two days, each a window of its own: cut at both ends, or whole. */
const anyDays = fc.boolean().map((isWhole): readonly [Span, Span] => {
  const midnight = firstDayMs + dayMs;
  const cut = isWhole ? 0 : 6.5 * 3_600_000 + 7 * 60_000;
  return [
    { fromMs: firstDayMs + cut, toMs: midnight },
    { fromMs: midnight, toMs: midnight + dayMs - cut },
  ];
});

function ask(asked: Reader, scope: Scope, span: Span, grouping: Grouping) {
  return traffic(asked, scope, { window: planWindow(span), grouping, clusters: null, namespaces: null });
}

function across([first, last]: readonly [Span, Span]): Span {
  return { fromMs: first.fromMs, toMs: last.toMs };
}

/** A reader whose questions are written for another scope than the one that is set. */
function unasked(scope: Scope): Reader {
  return { ...reader, ask: (_written, question) => reader.ask(scope, question) };
}

const openable = [
  ...namespaces.map(({ cluster, name }) => `${cluster}/namespace/${name}`),
  'c1/namespace/nowhere',
  'c1/cluster',
];

describe('random scopes over random facts', () => {
  const cases = fc.record({
    facts: anyFacts,
    sight: anySight,
    grouping: fc.oneof(
      fc.constantFrom('namespace' as const, 'workload' as const),
      fc.record({ opened: fc.subarray([...openable]) }),
    ),
    days: anyDays,
  });

  it('read what the model says, with both walls and with the first one alone', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ facts, sight, grouping, days }) => {
        await Promise.all([seedEstate(walled.urls.owner, facts), seedEstate(open.urls.owner, facts)]);
        const estate = await Promise.all(days.map((day) => ask(reader, wholeEstate(), day, 'workload')));
        const expected = expectedLines(sight, estate, grouping, 'with-sides');
        for (const asked of [reader, openWallReader]) {
          expect(linesOf(await ask(asked, scopeOf(sight), across(days), grouping), 'with-sides')).toEqual(
            expected,
          );
        }
      }),
      { numRuns },
    );
  });

  it('read the same rows with the second wall alone', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ facts, sight: drawn, grouping, days }) => {
        // When a namespace came into scope the second wall knows of facts and not of names.
        const sight = { ...drawn, since: [] };
        await seedEstate(walled.urls.owner, facts);
        const estate = await Promise.all(days.map((day) => ask(reader, wholeEstate(), day, 'workload')));
        const rows = await ask(unasked(scopeOf(sight)), wholeEstate(), across(days), grouping);
        expect(linesOf(rows, 'without')).toEqual(expectedLines(sight, estate, grouping, 'without'));
      }),
      { numRuns },
    );
  });

  it('meet the second wall in every table', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ facts, sight }) => {
        await seedEstate(walled.urls.owner, facts);
        for (const [text, expected] of expectedTables(facts, sight)) {
          const rows = await reader.ask<{ key: string }>(scopeOf(sight), { name: 'test', text, values: [] });
          expect([text, rows.map(({ key }) => key).toSorted()]).toEqual([
            text,
            [...new Set(expected)].toSorted(),
          ]);
        }
      }),
      { numRuns },
    );
  });
});

/** Statements without any WHERE, and what the second wall has to leave of them. */
function expectedTables(
  facts: readonly Fact[],
  sight: Sight,
): readonly (readonly [string, readonly string[]])[] {
  const seen = facts.filter((fact) => isVisible(sight, fact));
  const everOwn = (id: number): boolean => isOwn(sight, placeOf(id), 1);
  const used = places.filter(({ id }) => facts.some(({ source, target }) => source === id || target === id));
  const own = used.filter(({ id }) => everOwn(id));
  const channels = facts.filter(({ source, target }) => everOwn(source) || everOwn(target));
  const far = channels.flatMap(({ source, target }) => [placeOf(source), placeOf(target)]);
  // Beside those of one's own: what names nobody, at the other end of one of these.
  const outer = channels
    .flatMap(({ source, target }) => [
      [placeOf(source), placeOf(target)] as const,
      [placeOf(target), placeOf(source)] as const,
    ])
    .filter(([mine, other]) => everOwn(mine.id) && other.ns === 0)
    .filter(([, { kind, name }]) => kind >= 5 || name === 'kube-apiserver')
    .map(([, other]) => other);
  const named = sight.farEnd === 'namespace' ? [...own, ...far] : own;
  const spaces = (list: readonly { readonly ns: number }[]) =>
    list.filter(({ ns }) => ns > 0).map(({ ns }) => String(ns));
  const ofFacts = (unit: number, at: string) =>
    seen.map((fact) => {
      const ms = Math.floor((firstDayMs + fact.day * dayMs + fact.minute * 60_000) / unit) * unit;
      return `${channelOf(fact)} ${at === 'day' ? new Date(ms).toISOString().slice(0, 10) : ms}`;
    });
  const factText = (table: string, at = 'bucket') =>
    `SELECT DISTINCT channel || ' ' || (extract(epoch FROM ${at}) * 1000)::bigint AS key FROM ${table}`;
  const told = (table: string) => `SELECT DISTINCT cluster AS key FROM ${table}`;
  const names = namespaces.filter(({ id }) => own.some(({ ns }) => ns === id)).map(({ name }) => name);
  return [
    [factText('channel_1m'), ofFacts(60_000, 'bucket')],
    [factText('channel_1h'), ofFacts(3_600_000, 'bucket')],
    [factText('channel_1d'), ofFacts(dayMs, 'bucket')],
    [factText('channel_latency_1m'), ofFacts(60_000, 'bucket')],
    [factText('channel_latency_1h'), ofFacts(3_600_000, 'bucket')],
    [factText('channel_latency_1d'), ofFacts(dayMs, 'bucket')],
    [factText('visible_flow', 'started_at'), ofFacts(60_000, 'bucket')],
    ["SELECT DISTINCT channel || ' ' || day AS key FROM external_address", ofFactsWithOuterEnd()],
    ['SELECT id::text AS key FROM channel', channels.map((fact) => String(channelOf(fact)))],
    ['SELECT id::text AS key FROM namespace', spaces(named)],
    ['SELECT id::text AS key FROM pod', spaces(own)],
    ['SELECT id::text AS key FROM endpoint', [...own, ...outer].map(({ id }) => String(id))],
    ['SELECT endpoint::text AS key FROM endpoint_labels', own.map(({ id }) => String(id))],
    ['SELECT id::text AS key FROM label_set', own.map(({ id }) => String(id))],
    [
      "SELECT DISTINCT hits -> 0 ->> 'namespace' AS key FROM policy_trace",
      [
        '',
        ...names.filter((name) =>
          namespaces.some((ns) => ns.name === name && used.some((place) => place.ns === ns.id)),
        ),
      ],
    ],
    [told('source_1m'), sight.clusters],
    [told('source_node_10m'), sight.clusters],
    [told('source_node'), sight.clusters],
    [told('dimension_growth'), sight.clusters],
    [told('ingest_batch'), sight.clusters],
    [told('ingest_token'), sight.clusters],
    ["SELECT DISTINCT substring(source FROM 'file-of-(.*)') AS key FROM rejected_line", sight.clusters],
  ];

  function ofFactsWithOuterEnd(): readonly string[] {
    return seen
      .filter(({ source, target }) => placeOf(source).ns === 0 || placeOf(target).ns === 0)
      .map(
        (fact) => `${channelOf(fact)} ${new Date(firstDayMs + fact.day * dayMs).toISOString().slice(0, 10)}`,
      );
  }
}

it('shows nothing where no scope is set, and nothing has no wall', async () => {
  await seedEstate(walled.urls.owner, [
    { source: 11, target: 21, day: 0, minute: 1, kind: 1, reporter: 1, verdict: 1, flows: 1 },
  ]);
  const readable = await withOwner(walled, async (client) => {
    const { rows } = await client.query<{ name: string; walled: boolean; view: boolean; key: string }>(
      `SELECT c.oid::regclass::text AS name, c.relrowsecurity AS walled, c.relkind = 'v' AS view,
         (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
            AND has_column_privilege('flowloom_reader', c.oid, a.attnum, 'SELECT') ORDER BY a.attnum LIMIT 1) AS key
       FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
         AND has_any_column_privilege('flowloom_reader', c.oid, 'SELECT')`,
    );
    return rows;
  });
  // What retention took says nothing of anybody; a view is a wall of its own.
  expect(readable.filter(({ walled: is, view }) => !is && !view).map(({ name }) => name)).toEqual([
    'dropped_partition',
  ]);
  const client = new pg.Client({ connectionString: walled.urls.reader });
  await client.connect();
  try {
    for (const { name, key } of readable) {
      expect([name, (await client.query(`SELECT ${key} FROM ${name}`)).rowCount]).toEqual([
        name,
        name === 'policy_trace' ? 1 : 0,
      ]);
    }
  } finally {
    await client.end();
  }
});

it('lets the reader know one setting', async () => {
  expect(await farEnd(reader)).toBe('namespace');
  const set = (key: string, value: string) =>
    withOwner(walled, (client) =>
      client.query(
        'INSERT INTO setting VALUES ($1, to_jsonb($2::text)) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
        [key, value],
      ),
    );
  await set('other', 'secret');
  for (const value of ['nothing', 'namespace', 'nonsense']) {
    await set('farEnd', value);
    expect(await farEnd(reader)).toBe(value === 'namespace' ? 'namespace' : 'nothing');
  }
  const asked = { name: 'test', text: 'SELECT key FROM setting', values: [] };
  expect(await reader.ask(wholeEstate(), asked)).toEqual([{ key: 'farEnd' }]);
});

it('leaves ingest, maintenance and purge to an owner that is no superuser', async () => {
  const name = `narrow_${new URL(walled.urls.owner).pathname.slice(-8)}`;
  const server = (statement: string) => withOwner(walled, (client) => client.query(statement));
  await server(`CREATE ROLE ${name} LOGIN PASSWORD 'narrow'`);
  await server(`GRANT flowloom_writer, flowloom_reader TO ${name}`);
  await server(`CREATE DATABASE ${name} OWNER ${name}`);
  const owner = new URL(walled.urls.owner);
  [owner.username, owner.password, owner.pathname] = [name, 'narrow', `/${name}`];
  const urls = databaseUrls(owner.href);
  const narrow = openReader(urls);
  try {
    await migrate(urls.owner);
    const span = { fromMs: Date.UTC(2024, 0, 1), toMs: Date.UTC(2024, 0, 1, 0, 10) };
    const lines = [
      ...generateLines({ ...span, flows: 300, namespaces: 5, workloads: null, seed: 1, format: 'calico' }),
    ];
    const { accepted } = await ingestText({ urls, drop: walled.drop }, lines.join('\n'));
    expect(accepted).toBeGreaterThan(200);
    const rows = await ask(narrow, wholeEstate(), span, 'workload');
    expect(rows.length).toBeGreaterThan(5);
    const nothing = scopeOf({ whole: [], since: [], clusters: [], farEnd: 'namespace' });
    expect(await ask(narrow, nothing, span, 'workload')).toEqual([]);
    // As if it had come so long ago.
    await withOwner({ urls }, (client) =>
      client.query("UPDATE ingest_day SET last_ingest = now() - interval '500 days'"),
    );
    const always = { nowMs: Date.now(), others: 'wait', names: 'always' } as const;
    const kept = await maintain({ urls, retention: defaultRetention, ...always });
    expect(kept?.dropped.length).toBeGreaterThan(3);
    expect(await ask(narrow, wholeEstate(), span, 'workload')).toEqual([]);
  } finally {
    await narrow.close();
    await closeIngest(urls.writer);
    await server(`DROP DATABASE ${name} WITH (FORCE)`);
    await server(`DROP ROLE ${name}`);
  }
});

async function withOwner<T>(
  { urls }: Pick<TestDatabase, 'urls'>,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: urls.owner });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
