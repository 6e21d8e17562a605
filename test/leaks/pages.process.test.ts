import { existsSync, globSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeIngest } from '#lib/server/ingest-run.ts';
import { type RunningServer, startServer } from '../../e2e/support/server.ts';
import { serverDatabase } from '../server-database.ts';
import { addUnseen } from './add-unseen.ts';
import { type Shown, told } from './hunt.ts';
import { secrets, seedSecrets } from './secret-estate.ts';
import { limited, makeViewers, strangers } from './viewers.ts';

const isBuilt = existsSync('.next/BUILD_ID');
const nowMs = Date.now();

let database: Awaited<ReturnType<typeof serverDatabase>>;
let server: RunningServer;
let viewerOf: Awaited<ReturnType<typeof makeViewers>>;

beforeAll(async () => {
  if (!isBuilt) return;
  database = await serverDatabase();
  await seedSecrets(database, nowMs);
  viewerOf = await makeViewers(database, nowMs);
  server = await startServer({ databaseUrl: database.urls.owner });
});
afterAll(async () => {
  if (!isBuilt) return;
  await server.stop();
  await closeIngest(database.urls.writer);
  await database.close();
});

type Name = (typeof limited | typeof strangers)[number] | 'admin' | 'security' | 'operator';

const everybody: readonly Name[] = [...limited, ...strangers, 'security', 'operator'];
const everyWord = Object.values(secrets).flat();

/** Every page that the files of `app` make, a new one too; in a dynamic part stands the id of what is hidden. */
const pages = globSync('app/**/page.tsx').map((file) => {
  const parts = file
    .split('/')
    .slice(1, -1)
    .filter((part) => !part.startsWith('('));
  return `/${parts.map((part) => (part.startsWith('[') ? 'zz-hidden' : part)).join('/')}`;
});

const minute = (atMs: number): string => new Date(Math.floor(atMs / 60_000) * 60_000).toISOString();

/** One that stands still: pages say their window. */
const span = `from=${minute(nowMs - 6 * 3_600_000)}&to=${minute(nowMs)}`;

/** What people send each other, and what somebody tries who wants to know. */
const queries = [
  '',
  `?cluster=c1&${span}&namespace=zz-hidden&overlay=coverage&policy=c1/NetworkPolicy/zz-peer/zz-manifest&id=zz-token&link=zz&email=zz-person@corp.example`,
];

/** A page as the server makes it: `document` for a browser that opens it, `data` for one that is on another page. */
async function read(path: string, viewer: Shown, form: 'document' | 'data' = 'document'): Promise<string> {
  const { cookie, authorization } = viewer ?? {};
  const answer = await fetch(`${server.url}${path}`, {
    redirect: 'manual',
    headers: {
      ...(cookie === undefined ? {} : { cookie }),
      ...(authorization === undefined ? {} : { authorization }),
      ...(form === 'data' ? { rsc: '1' } : {}),
    },
  });
  expect([path, answer.status < 500]).toEqual([path, true]);
  const text = `${answer.status} ${answer.headers.get('location') ?? ''} ${await answer.text()}`;
  // What is new in every answer.
  const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1];
  return nonce === undefined ? text : text.replaceAll(nonce, 'NONCE');
}

/** Every page, asked as whoever wants to know asks, or in every way. */
async function readEvery(name: Name, depth: 'all' | 'usual'): Promise<ReadonlyMap<string, string>> {
  const asked = pages.flatMap((page) =>
    (depth === 'all' ? queries : queries.slice(-1)).flatMap((query) =>
      (depth === 'all' ? (['document', 'data'] as const) : (['document'] as const)).map(
        (form) => [`${page}${query}`, form] as const,
      ),
    ),
  );
  const texts = await Promise.all(asked.map(([path, form]) => read(path, viewerOf(name), form)));
  return new Map(asked.map(([path, form], index) => [`${form} ${path}`, texts[index] ?? '']));
}

it('finds every page', () => {
  expect(pages.length).toBeGreaterThan(10);
  expect(new Set(pages).size).toBe(pages.length);
});

it.skipIf(!isBuilt)('reads pages that are made for whoever asks', async () => {
  const { email } = JSON.parse(
    await (await fetch(`${server.url}/api/v1/session`, { headers: { ...viewerOf('admin') } })).text(),
  );
  expect(await read('/settings/access', viewerOf('admin'))).toContain(email);
  expect(await read('/settings/access', viewerOf('security'))).not.toContain(email);
  expect(await read('/', viewerOf('nobody'))).toMatch(/^307 \/sign-in/);
});

const words = [...everyWord, 'bank'];

/** What the page of the graph brings along: answers that whoever opens it gets by address as well. */
async function broughtAlong(name: Name): Promise<ReadonlySet<string>> {
  const addresses = ['clusters', 'views', ...['', '&cluster=c1'].map((cluster) => `graph?${span}${cluster}`)];
  const texts = await Promise.all(addresses.map((address) => read(`/api/v1/${address}`, viewerOf(name))));
  return new Set(told(texts.join('\n'), '', words));
}

it.skipIf(!isBuilt).each(everybody)('puts nothing of the estate into a page of %s', async (name) => {
  const answers = await readEvery(name, name === 'a team by name' || name === 'nobody' ? 'all' : 'usual');
  const known = await broughtAlong(name);
  const leaks = [...answers].flatMap(([page, text]) =>
    told(text, page, words).flatMap((word) =>
      /^\w+ \/(\?|$)/.test(page) && known.has(word) ? [] : [`${page}: ${word}`],
    ),
  );
  expect(leaks).toEqual([]);
});

/**
 * The words of a page. Its parts come in the order in which they are ready, numbered by it, with scripts of React's
 * that put them into place: none of that is said to anybody.
 */
function wordsOf(text: string): ReadonlySet<string> {
  const said = text.replaceAll(/<script[^>]*>(?!\(?self\.__next_f)[\s\S]*?<\/script>|<template[^>]*>/g, '');
  const spoken = said.match(/[\w@.-]{3,}/g) ?? [];
  // Nor the instant at which it was made.
  return new Set(spoken.filter((word) => !/^(L?[\da-f]{2,3}|\d{13})$/.test(word)));
}

it.skipIf(!isBuilt)('says the same on its pages after what a viewer cannot see', async () => {
  const asking = [
    'a team by name',
    'a browser',
    'a reader by RBAC',
    'a team of nothing there is',
    'nobody',
  ] as const;
  // Of a page that leads elsewhere some of the frame may have been sent, and none: that tells of the machine's haste.
  const leads = /^3\d\d |NEXT_REDIRECT/;
  const wordsOfAll = async (name: Name) => {
    const texts = [...(await readEvery(name, 'usual')).values()];
    return texts
      .filter((text) => !leads.test(text))
      .map(wordsOf)
      .reduce((all, some) => all.union(some), new Set<string>());
  };
  const before = await Promise.all(asking.map(wordsOfAll));
  await addUnseen(database, nowMs);
  for (const [index, name] of asking.entries()) {
    const was = before[index] ?? new Set();
    expect(was.size).toBeGreaterThan(100);
    expect([name, [...was.symmetricDifference(await wordsOfAll(name))]]).toEqual([name, []]);
  }
});
