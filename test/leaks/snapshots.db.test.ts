import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { graphSchema } from '#lib/contracts/graph.ts';
import {
  openedSnapshotSchema,
  publicSnapshotSchema,
  snapshotSchema,
  snapshotsSchema,
} from '#lib/contracts/snapshots.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import { putBinding } from '#lib/server/change-binding.ts';
import { purgeCluster } from '#lib/server/purge-cluster.ts';
import { ingestText } from '../ingest-text.ts';
import { makePerson } from '../person.ts';
import { browserOf } from '../server-database.ts';
import { type Hunt, openHunt, type Shown, told } from './hunt.ts';
import { foreignLines, secrets, seedSecrets } from './secret-estate.ts';
import { limited, makeViewers, strangers } from './viewers.ts';

let hunt: Hunt;
let viewerOf: Awaited<ReturnType<typeof makeViewers>>;
let maker: Shown;

const everyWord = [...secrets.hidden, ...secrets.attributes, ...secrets.policies, 'vault'];
const levels = ['cluster', 'namespace', 'workload', 'port'] as const;

beforeAll(async () => {
  hunt = await openHunt();
  await seedSecrets(hunt.database, hunt.nowMs);
  viewerOf = await makeViewers(hunt.database, hunt.nowMs);
  maker = await browserOf(await makePerson(hunt.database.urls));
});
afterAll(() => hunt.close());

const state = () =>
  `?cluster=c1&${hunt.span}&level=workload&expand=c1/workload/zz-peer/zz-api&node=c1/workload/zz-hidden/vault`;

async function snapshot(more: object = {}, by = maker) {
  const body = JSON.stringify({ name: 'report', query: state(), ...more });
  const answer = await hunt.ask('POST /api/v1/snapshots', '', by, body);
  return snapshotSchema.extend({ id: z.string() }).parse(await answer.json());
}

const open = (id: string, viewer: Shown) => hunt.read('GET /api/v1/snapshot', `?id=${id}`, viewer);

async function frozen(id: string, viewer: Shown, level: string) {
  const answer = await hunt.ask('GET /api/v1/snapshot/graph', `?id=${id}&level=${level}`, viewer);
  return graphSchema.parse(await answer.json());
}

async function live(viewer: Shown, level: string) {
  const answer = await hunt.ask('GET /api/v1/graph', `?${hunt.span}&cluster=c1&level=${level}`, viewer);
  return graphSchema.parse(await answer.json());
}

describe('a snapshot for readers who sign in', () => {
  // The live graph is made in SQL, out of other rows: an oracle for the reduction of frozen ones.
  it.each(['admin', ...limited] as const)('is to %s what their own graph was', async (name) => {
    const { id } = await snapshot();
    for (const level of levels) {
      const [now, then] = [await live(viewerOf(name), level), await frozen(id, viewerOf(name), level)];
      expect([level, then.nodes]).toEqual([level, now.nodes]);
      expect([level, then.edges]).toEqual([level, now.edges]);
      expect([level, then.window]).toEqual([level, now.window]);
    }
  });

  it.each(limited)('names nothing to %s that their own graph does not', async (name) => {
    const { id } = await snapshot();
    const viewer = viewerOf(name);
    const texts = [
      await open(id, viewer),
      ...(await Promise.all(
        levels.map((level) => hunt.read('GET /api/v1/snapshot/graph', `?id=${id}&level=${level}`, viewer)),
      )),
    ];
    for (const text of texts) {
      expect(text.slice(0, 3)).toBe('200');
      expect(told(text, '', [...everyWord, ...(name === 'a team of two' ? [] : ['bank'])])).toEqual([]);
    }
  });

  it.each(strangers)('tells %s nothing, neither that there is one', async (name) => {
    const { id } = await snapshot();
    expect(await open(id, viewerOf(name))).toBe(await open('z'.repeat(22), viewerOf(name)));
    for (const route of ['GET /api/v1/snapshot/graph'])
      expect(await hunt.read(route, `?id=${id}`, viewerOf(name))).toBe(
        await hunt.read(route, `?id=${'z'.repeat(22)}`, viewerOf(name)),
      );
  });

  it('holds no more than its maker saw, also for whoever sees more', async () => {
    const { id } = await snapshot({}, viewerOf('a team by name'));
    const text = await hunt.read('GET /api/v1/snapshot/graph', `?id=${id}&level=workload`, viewerOf('admin'));
    expect(text).toContain('zz-peer');
    expect(told(text, '', ['zz-api', 'zz-hidden', 'vault', 'zz-node', 'zz-host'])).toEqual([]);
  });

  it('stays as it was when more comes in, and follows the access of its reader', async () => {
    const leaver = await makePerson(hunt.database.urls, { role: null });
    const scopes = [{ clusters: ['c1'], namespaces: ['bank'] }];
    const subjects = [{ kind: 'User' as const, name: leaver.email }];
    const bind = (names: readonly string[]) =>
      putBinding(
        hunt.database.urls,
        {
          name: 'leaver',
          role: 'team',
          subjects,
          scopes: scopes.map((scope) => ({ ...scope, namespaces: [...names] })),
        },
        Date.now(),
      );
    await bind(['bank']);
    const viewer = await browserOf(leaver);
    const { id } = await snapshot();
    const before = await frozen(id, viewer, 'workload');
    expect(JSON.stringify(before)).toContain('till');
    await ingestText(hunt.database, `${foreignLines(hunt.nowMs).join('\n')}\n`);
    expect(await frozen(id, viewer, 'workload')).toEqual(before);
    await bind(['shop']);
    expect(JSON.stringify(await frozen(id, viewer, 'workload'))).not.toContain('till');
    await bind(['nowhere']);
    expect(await open(id, viewer)).toMatch(/^404/);
  });

  it('answers alike for what is wrong, revoked, expired or public', async () => {
    await sharing(true);
    const [expired, revoked] = [await snapshot(), await snapshot()];
    const open_ = await snapshot({ public: { audience: 'anybody' } });
    await hunt.ask('DELETE /api/v1/snapshots', `?key=${revoked.key}`, maker);
    await asOwner(hunt.database.urls.owner, (session) =>
      session.change('UPDATE snapshot SET expires_at = now() WHERE key = $1', [expired.key]),
    );
    const reader = viewerOf('a team by name');
    const texts = await Promise.all(
      [expired.id, revoked.id, open_.id, 'z'.repeat(22), expired.key].map((id) => open(id, reader)),
    );
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toMatch(/^404/);
  });

  it('opens with the state that it was made with, as far as its reader may know', async () => {
    const { id } = await snapshot();
    const opened = async (viewer: Shown) =>
      openedSnapshotSchema.parse(await (await hunt.ask('GET /api/v1/snapshot', `?id=${id}`, viewer)).json());
    expect(new URLSearchParams((await opened(maker)).query).get('node')).toBe('c1/workload/zz-hidden/vault');
    const team = new URLSearchParams((await opened(viewerOf('a team by name'))).query);
    expect([team.get('node'), team.get('level'), team.get('cluster')]).toEqual([null, 'workload', 'c1']);
  });

  it('does not hand on what its filters say of policies to whoever has its scope and no policies', async () => {
    const find = encodeURIComponent('policy == "own-policy"');
    const hide = encodeURIComponent('namespace == "never-heard-of"');
    const query = `?cluster=c1&${hunt.span}&find=${find}&hide=${hide}`;
    const { id } = await snapshot({ query }, viewerOf('a team by name'));
    const text = await open(id, viewerOf('a reader by RBAC of pods alone'));
    expect(told(text, '', ['own-policy'])).toEqual([]);
    // One scope: what names no policy is told.
    expect(text).toContain('never-heard-of');
    expect(await open(id, viewerOf('a team by name'))).toContain('own-policy');
  });

  it('goes with what is deleted for good', async () => {
    const { key } = await snapshot();
    await purgeCluster(hunt.database.urls, {
      cluster: 'c1',
      namespace: 'nobody',
      beforeMs: null,
      forget: false,
    });
    expect(await hunt.read('GET /api/v1/snapshots', '', maker)).toContain(key);
    await purgeCluster(hunt.database.urls, {
      cluster: 'c1',
      namespace: 'zz-other',
      beforeMs: null,
      forget: false,
    });
    expect(await hunt.read('GET /api/v1/snapshots', '', maker)).not.toContain(key);
  });
});

async function sharing(publicSnapshots: boolean) {
  const text = await hunt.read(
    'POST /api/v1/sharing',
    '',
    viewerOf('admin'),
    JSON.stringify({ publicSnapshots }),
  );
  expect(text).toMatch(/^200/);
}

const openPublicly = (id: string, password?: string) =>
  hunt.read('POST /api/v1/public-snapshot', '', null, JSON.stringify({ id, password }));

describe('a public snapshot', () => {
  it('takes an admin’s switch and the rights, and lives thirty days at most', async () => {
    await sharing(false);
    const ask = (by: Shown, more: object = {}) =>
      hunt.read(
        'POST /api/v1/snapshots',
        '',
        by,
        JSON.stringify({ name: '', query: state(), public: { audience: 'the auditors' }, ...more }),
      );
    expect(await ask(maker)).toMatch(/^403.*public-switched-off/);
    await sharing(true);
    expect(await ask(viewerOf('a team by name'))).toMatch(/^403.*not-allowed/);
    expect(await ask(maker, { expires: '90d' })).toMatch(/^400/);
    expect(await ask(maker, { public: { audience: ' ' } })).toMatch(/^400/);
    expect(await ask(maker)).toMatch(/^200/);
    expect(
      await hunt.read('POST /api/v1/sharing', '', viewerOf('security'), '{"publicSnapshots":false}'),
    ).toMatch(/^403/);
  });

  it('opens for nobody in particular, without addresses, labels, machines, policies or sources', async () => {
    await sharing(true);
    const { id } = await snapshot({ public: { audience: 'the auditors' } });
    const text = await openPublicly(id);
    expect(text).toMatch(/^200/);
    expect(text).toContain('zz-hidden');
    const words = [
      '10.77',
      '203.0.113',
      '10.0.0',
      'zz-label',
      'zz-node',
      'zz-host',
      'zz-policy',
      'zz-tier',
      'test.example',
    ];
    expect(told(text, '', words)).toEqual([]);
    expect(text).not.toMatch(/"inScope":(false|"source"|"target")|recordsPerSecond/);
  });

  it('names nothing where names are hidden, and opens with its password alone', async () => {
    await sharing(true);
    const secret = { audience: 'press', hideNames: true, password: 'correct horse' };
    const { id } = await snapshot({ public: secret });
    expect(await openPublicly(id)).toMatch(/^403.*password-needed/);
    expect(await openPublicly(id, 'wrong horse')).toMatch(/^403.*wrong-password/);
    const lastUsedAt = async () => {
      const list = await hunt.ask('GET /api/v1/snapshots', '', maker);
      const { snapshots } = snapshotsSchema.parse(await list.json());
      return snapshots.find((each) => each.id === id)?.lastUsedAt;
    };
    expect(await lastUsedAt()).toBeNull();
    const text = await openPublicly(id, 'correct horse');
    expect(await lastUsedAt()).not.toBeNull();
    expect(text).toMatch(/^200/);
    const everything = [...Object.values(secrets).flat(), 'shop', 'bank', 'web', 'vault', '"c1'];
    expect(told(text, '', everything)).toEqual([]);
    const stored = await asOwner(hunt.database.urls.owner, (session) =>
      session.ask<{ hash: string }>(
        'SELECT password_hash AS hash FROM snapshot WHERE password_hash IS NOT NULL',
      ),
    );
    expect(stored.map(({ hash }) => hash).join()).not.toContain('horse');
  });

  it('ends with the switch, by revoking, in time, and when its maker sees less', async () => {
    await sharing(true);
    const wrong = await openPublicly('y'.repeat(22));
    expect(wrong).toMatch(/^404/);
    const [revoked, expired, signedIn] = [
      await snapshot({ public: { audience: 'a' } }),
      await snapshot({ public: { audience: 'a' } }),
      await snapshot(),
    ];
    await hunt.ask('DELETE /api/v1/snapshots', `?key=${revoked.key}`, maker);
    await asOwner(hunt.database.urls.owner, (session) =>
      session.change('UPDATE snapshot SET expires_at = now() WHERE key = $1', [expired.key]),
    );
    for (const { id } of [revoked, expired, signedIn]) expect(await openPublicly(id)).toBe(wrong);

    const person = await makePerson(hunt.database.urls, { role: null });
    const bind = (namespaces: readonly string[]) =>
      putBinding(
        hunt.database.urls,
        {
          name: 'publisher',
          role: 'security',
          subjects: [{ kind: 'User', name: person.email }],
          scopes: [{ clusters: ['c1'], namespaces: [...namespaces] }],
        },
        Date.now(),
      );
    await bind(['shop', 'bank']);
    const own = await snapshot({ public: { audience: 'a' } }, await browserOf(person));
    expect(
      publicSnapshotSchema.parse(JSON.parse((await openPublicly(own.id)).replace(/^\d+ \[.*?\]\] /, '')))
        .audience,
    ).toBe('a');
    await bind(['shop']);
    expect(await openPublicly(own.id)).toBe(wrong);
    await bind(['shop', 'bank']);
    expect(await openPublicly(own.id)).toMatch(/^200/);
    await sharing(false);
    expect(await openPublicly(own.id)).toBe(wrong);
  });

  it('is in the audit log with whom it is for', async () => {
    await sharing(true);
    const { id } = await snapshot({ public: { audience: 'the regulator', password: 'correct horse' } });
    const log = await hunt.read('GET /api/v1/audit', '?kind=snapshot-created', viewerOf('security'));
    expect(log).toContain('the regulator');
    await openPublicly(id, 'correct horse');
    const opened = await hunt.read('GET /api/v1/audit', '?kind=snapshot-opened', viewerOf('security'));
    expect(opened).toContain('the regulator');
    expect(log).not.toContain('horse');
  });
});
