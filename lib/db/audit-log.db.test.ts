import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unknownActor } from '#lib/access/audit.ts';
import { limitedScope, wholeEstate } from '#lib/access/scope.ts';
import type { Viewer } from '#lib/access/viewer.ts';
import { endAudit, recordEvent, recordRead } from '#lib/server/record-audit.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { withClient } from '../../test/with-client.ts';
import { deleteOldAudit } from './audit-log.ts';
import { asOwner } from './owner-session.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  await recordEvent(database.urls, { kind: 'sign-in-failed', actor: unknownActor('a@b.example') }, 0);
  const scope = limitedScope({ clusters: ['gone'], namespaceIds: [] });
  await recordRead(database.urls, { viewer: personOf(0), scope }, askedOf('/graph', 'gone'), 0);
});
afterAll(async () => {
  await endAudit(database.urls);
  await database.drop();
});

function personOf(index: number): Viewer {
  return {
    kind: 'person',
    userId: `u${index}`,
    email: `u${index}@b.example`,
    groups: [],
    authenticatedBy: 'session',
  };
}

function askedOf(question: string, cluster: string) {
  return { question, clusters: [cluster], namespaces: [], address: null };
}

async function run(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  return (await withClient(url, (client) => client.query(text))).rows;
}

const tables = ['audit_event', 'audit_scope'] as const;
const spoils = tables.flatMap((table) => [
  `UPDATE ${table} SET clusters = '{}'`,
  `DELETE FROM ${table}`,
  `TRUNCATE ${table}`,
  `MERGE INTO ${table} AS t USING (SELECT 1) AS one ON TRUE WHEN MATCHED THEN DELETE`,
]);

it.each(
  (['writer', 'reader', 'owner'] as const).flatMap((role) => spoils.map((spoil) => [role, spoil] as const)),
)('the %s may not %s', async (role, spoil) => {
  await expect(run(database.urls[role], spoil)).rejects.toThrow(
    role === 'owner' ? /append-only/ : /permission denied/,
  );
});

it.each([
  ['writer', 'SELECT FROM audit_event', /permission denied/],
  ['reader', "INSERT INTO audit_scope VALUES ('x', '{}', '{}')", /permission denied/],
  ['writer', "SELECT set_config('flowloom.audit_retention', 'on', FALSE); DELETE FROM audit_event", /denied/],
  [
    'writer',
    `INSERT INTO audit_event (at, kind, actor, clusters, namespaces, details, id) OVERRIDING SYSTEM VALUE
     VALUES (now(), 'purge', 'operator', '{}', '{}', '{}', 1) ON CONFLICT (id) DO UPDATE SET kind = 'purge'`,
    /permission denied/,
  ],
] as const)('the %s may not %s', async (role, text, refusal) => {
  await expect(run(database.urls[role], text)).rejects.toThrow(refusal);
});

it('lets go of what is past its age and of nothing younger, whatever its owner asks for', async () => {
  const { urls } = database;
  const before = await run(urls.owner, 'SELECT count(*)::int AS rows FROM audit_event');
  await recordEvent(urls, { kind: 'sign-in', actor: unknownActor(null) });
  const old = await asOwner(urls.owner, (session) => deleteOldAudit(session, 400));
  expect([{ rows: old }]).toEqual(before);
  expect(await run(urls.owner, 'SELECT kind FROM audit_event')).toEqual([{ kind: 'sign-in' }]);
  expect(await run(urls.owner, 'SELECT id FROM audit_scope')).toEqual([]);
  await recordEvent(urls, { kind: 'sign-out', actor: unknownActor(null) }, Date.now() - 86_400_000);
  await expect(asOwner(urls.owner, (session) => deleteOldAudit(session, 0))).rejects.toThrow(/append-only/);
  expect(await run(urls.owner, 'SELECT count(*)::int AS rows FROM audit_event')).toEqual([{ rows: 2 }]);
});

it('has one row per viewer, question, scope and five minutes, whatever comes in which order', async () => {
  const { urls } = database;
  const base = Date.UTC(2030, 0, 1);
  const scopes = [wholeEstate(), limitedScope({ clusters: ['c1'], namespaceIds: [7n] })] as const;
  const reading = fc.record({
    viewer: fc.integer({ min: 0, max: 2 }),
    question: fc.constantFrom('/graph', '/edge', '/flows'),
    cluster: fc.constantFrom('c1', 'c2'),
    scope: fc.integer({ min: 0, max: 1 }),
    minute: fc.integer({ min: 0, max: 16 }),
    // Another process has no memory of what this one wrote.
    isNewProcess: fc.boolean(),
    isAtOnce: fc.boolean(),
  });
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(reading, { maxLength: 25 }), async (readings) => {
      round += 1;
      // Every round in a year of its own: the log forgets nothing.
      const startMs = base + round * 86_400_000;
      const underWay: Promise<void>[] = [];
      for (const { viewer, question, cluster, scope, minute, isNewProcess, isAtOnce } of readings) {
        if (isNewProcess) {
          await Promise.all(underWay);
          await endAudit(urls);
        }
        const access = { viewer: personOf(viewer), scope: scopes[scope] ?? wholeEstate() };
        const one = recordRead(urls, access, askedOf(question, cluster), startMs + minute * 60_000);
        underWay.push(one);
        if (!isAtOnce) await one;
      }
      await Promise.all(underWay);
      const rows = await run(
        urls.owner,
        `SELECT email || question || clusters[1] || left(scope, 3) || floor(extract(epoch FROM at) / 300)::text AS row
         FROM audit_event WHERE at >= to_timestamp(${startMs / 1000}) AND at < to_timestamp(${startMs / 1000 + 86_400})`,
      );
      const expected = new Set(
        readings.map(({ viewer, question, cluster, scope, minute }) =>
          JSON.stringify([viewer, question, cluster, scope, Math.floor(minute / 5)]),
        ),
      );
      expect(rows).toHaveLength(expected.size);
      expect(new Set(rows.map(({ row }) => row)).size).toBe(expected.size);
    }),
    { numRuns: 40 },
  );
});

it('keeps what a limited viewer could see by name', async () => {
  const { urls } = database;
  await run(urls.owner, "INSERT INTO namespace VALUES (9001, 'prod', 'shop'), (9002, 'prod', 'payments')");
  const scope = limitedScope({ clusters: [], namespaceIds: [9001n] });
  const access = { viewer: personOf(9), scope };
  await recordRead(urls, access, { ...askedOf('/graph', ''), clusters: [] }, Date.now());
  const rows = await run(
    urls.owner,
    "SELECT s.namespaces FROM audit_event e JOIN audit_scope s ON s.id = e.scope WHERE e.user_id = 'u9'",
  );
  expect(rows).toEqual([{ namespaces: ['prod/shop'] }]);
});

it('hides what looks like a secret and takes any text', async () => {
  const { urls } = database;
  await recordEvent(urls, {
    kind: 'sign-in-failed',
    actor: unknownActor('zero\0@b.example'),
    details: {
      password: 'hunter2',
      why: 'Bearer abcdefghijkl',
      list: ['flowloom_api_abcdefghijklmnopqrstuvwxyz'],
    },
  });
  const rows = await run(urls.owner, "SELECT email, details FROM audit_event WHERE email LIKE 'zero%'");
  expect(rows).toEqual([
    {
      email: 'zero\uFFFD@b.example',
      details: { password: '[hidden]', why: 'Bearer [hidden]', list: ['flowloom_api_[hidden]'] },
    },
  ]);
});
