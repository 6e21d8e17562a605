import { afterAll, beforeAll, expect, it } from 'vitest';
import { asOwner } from '#lib/db/owner-session.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { type Ended, runCommand } from '../../test/run-command.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

function sharing(...args: readonly string[]): Promise<Ended> {
  return runCommand(['sharing', ...args], { env: { DATABASE_URL: database.urls.owner } });
}

it('lists the sites that may show embeds, adds and removes them, and tells the audit log', async () => {
  expect((await sharing('show')).stdout).toMatch(/^Public snapshots: off\nEmbeds: no site/);
  const both = ['https://Wiki.example.com/', 'https://*.grafana.example'];
  expect((await sharing('allow', ...both)).stdout).toBe(
    'Public snapshots: off\nEmbeds may be shown by pages of:\n  https://*.grafana.example\n  https://wiki.example.com\n',
  );
  expect((await sharing('public-snapshots', 'on')).code).toBe(0);
  const refused = await sharing('refuse', 'https://*.grafana.example', '--json');
  expect(JSON.parse(refused.stdout)).toEqual({
    publicSnapshots: true,
    embedOrigins: ['https://wiki.example.com'],
  });
  const told = await asOwner(database.urls.owner, (session) =>
    session.ask<{ details: unknown }>(
      "SELECT details FROM audit_event WHERE kind = 'sharing-changed' ORDER BY at, details::text",
    ),
  );
  expect(told).toHaveLength(3);
  expect(JSON.stringify(told)).toContain('https://wiki.example.com');
});

it('loses no site of several commands at once', async () => {
  const sites = Array.from({ length: 4 }, (_, nth) => `https://site-${nth}.example`);
  const ended = await Promise.all(sites.map((site) => sharing('allow', site)));
  expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  const now = await sharing('show', '--json');
  expect(JSON.parse(now.stdout)).toMatchObject({ embedOrigins: expect.arrayContaining(sites) });
});

it.each([
  [['allow', 'wiki.example.com'], 'wiki.example.com: has no scheme: write it like https://wiki.example.com'],
  [['allow', 'http://wiki.example.com'], 'write https://wiki.example.com'],
  [['allow'], 'missing required argument'],
  [['refuse', 'https://nobody.example'], 'is not on the list'],
  [['public-snapshots', 'maybe'], 'Allowed choices are on, off'],
])('cannot use %j', async (args, message) => {
  const ended = await sharing(...args);
  expect([ended.code, ended.stderr.includes(message)]).toEqual([2, true]);
});
