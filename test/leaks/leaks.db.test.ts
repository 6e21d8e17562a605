import { afterAll, beforeAll, expect, it } from 'vitest';
import { asOwner } from '#lib/db/owner-session.ts';
import { changeFarEnd } from '#lib/server/change-far-end.ts';
import { type Hunt, openHunt, told } from './hunt.ts';
import { secrets, seedSecrets } from './secret-estate.ts';
import { limited, makeViewers, strangers } from './viewers.ts';

let hunt: Hunt;
let viewerOf: Awaited<ReturnType<typeof makeViewers>>;

beforeAll(async () => {
  hunt = await openHunt();
  await seedSecrets(hunt.database, hunt.nowMs);
  viewerOf = await makeViewers(hunt.database, hunt.nowMs);
});
afterAll(() => hunt.close());

const everyWord = Object.values(secrets).flat();
const changing = (): readonly string[] => hunt.routes.filter((route) => !route.startsWith('GET '));

/** What is everybody's own. */
const ownToChange: readonly string[] = [
  'DELETE /api/v1/positions',
  'POST /api/v1/links',
  'POST /api/v1/snapshots',
];

/** Who is asked with everything that there is in the table; of the others the usual says enough. */
const thorough: readonly string[] = ['a team by name', 'a reader by RBAC of pods alone', 'nobody'];
const depthOf = (name: string): 'all' | 'usual' => (thorough.includes(name) ? 'all' : 'usual');

/** Answers that say a word which the question did not. */
function leaks(answers: ReadonlyMap<string, string>, words: readonly string[]) {
  return [...answers].flatMap(([question, text]) => {
    const found = told(text, question, words);
    return found.length === 0 ? [] : [{ question, found }];
  });
}

/** Every node and edge of the admin, as this viewer reads it. */
async function everyDetail(
  name: Parameters<typeof viewerOf>[0],
  whose: 'own' | 'all' = 'all',
): Promise<ReadonlyMap<string, string>> {
  const own = await hunt.idsOf(viewerOf(name));
  const all = whose === 'all' ? await hunt.idsOf(viewerOf('admin')) : own;
  const found = new Map<string, string>();
  for (const [route, ids] of [
    ['node', [...own.nodes, ...all.nodes]],
    ['edge', [...own.edges, ...all.edges]],
  ] as const) {
    for (const id of new Set(ids)) {
      const query = `?${hunt.span}&level=workload&id=${id}`;
      found.set(`${route}${query}`, await hunt.read(`GET /api/v1/${route}`, query, viewerOf(name)));
    }
  }
  return found;
}

it('knows every address that reads', () => {
  const reading = hunt.routes.filter((route) => route.startsWith('GET '));
  expect(reading.map((route) => route.slice('GET '.length)).sort()).toEqual(
    Object.keys(hunt.questions).sort(),
  );
});

it('finds every secret in what an admin reads, so that it would find one elsewhere', async () => {
  const answers = [await hunt.readAll(viewerOf('admin')), await everyDetail('admin')];
  const all = answers.flatMap((found) => [...found.values()]).join('\n');
  // Labels of flows stand in no document, and addresses of what has a namespace in none.
  const nowhere = ['zz-label'];
  expect(everyWord.filter((word) => !nowhere.includes(word) && !all.includes(word))).toEqual([]);
});

it('shows security every flow, and no binding or token', async () => {
  const answers = await hunt.readAll(viewerOf('security'));
  expect(answers.get(`GET /api/v1/graph?${hunt.span}&level=workload`)).toContain('zz-hidden');
  for (const path of ['access/bindings', 'access/groups', 'ingest-tokens', 'rejected']) {
    expect([path, answers.get(`GET /api/v1/${path}`)?.slice(0, 3)]).toEqual([path, '403']);
  }
});

it('shows the operator of sources no flow', async () => {
  const flows = ['graph', 'node', 'edge', 'inventory', 'audit'].map((name) => `GET /api/v1/${name}`);
  for (const [question, text] of await hunt.readAll(viewerOf('operator'))) {
    if (!flows.some((path) => question.split('?')[0]?.startsWith(path))) continue;
    expect([question, text.slice(0, 3)]).toEqual([question, '403']);
    expect(told(text, question, everyWord)).toEqual([]);
  }
});

async function everythingOf(name: (typeof limited)[number]): Promise<ReadonlyMap<string, string>> {
  const answers = await hunt.readAll(viewerOf(name), depthOf(name));
  // All of them know the same, so that the details of one tell of those of all.
  return name === thorough[0] ? new Map([...answers, ...(await everyDetail(name))]) : answers;
}

it.each(limited)('tells %s nothing but the name of the peer', async (name) => {
  const answers = await everythingOf(name);
  expect(answers.get(`GET /api/v1/graph?${hunt.span}&level=namespace`)).toContain('zz-peer');
  expect(answers.get(`GET /api/v1/graph?${hunt.span}&level=workload`)).toContain('web');
  expect(leaks(answers, [...secrets.hidden, ...secrets.attributes])).toEqual([]);
  const bank = leaks(answers, ['bank']);
  if (name === 'a team of two') expect(bank).not.toEqual([]);
  else expect(bank).toEqual([]);
});

it('shows policies of their own to a team, and not to whom the cluster lets list pods alone', async () => {
  const said = async (name: (typeof limited)[number]) =>
    leaks(
      new Map([...(await hunt.readAll(viewerOf(name), 'usual')), ...(await everyDetail(name, 'own'))]),
      secrets.policies,
    ).map(({ question }) => question.split('?')[0]);
  expect(new Set(await said('a team by name'))).toEqual(
    new Set([
      ...['inventory', 'node', 'policies', 'policy/changes', 'flows', 'flows/export', 'denials'].map(
        (name) => `GET /api/v1/${name}`,
      ),
      ...['node', 'edge'],
    ]),
  );
  expect(await said('a reader by RBAC of pods alone')).toEqual([]);
  // Who may view sees Kubernetes' own policies, which this is none of.
  expect(await said('a reader by RBAC')).toEqual([]);
});

it('shows who may do what in a namespace to whom the cluster lets read that, and to the team', async () => {
  const said = async (name: (typeof limited)[number], words: readonly string[]) =>
    leaks(await hunt.readAll(viewerOf(name)), words).map(({ question }) => question.split('?')[0]);
  const words = [...secrets.roles, ...secrets.accounts];
  expect(new Set(await said('a team by name', words))).toEqual(new Set(['GET /api/v1/inventory']));
  expect(await said('a reader by RBAC of pods alone', words)).toEqual([]);
  // Who may view sees accounts, and neither roles nor bindings.
  expect(new Set(await said('a reader by RBAC', secrets.accounts))).toEqual(
    new Set(['GET /api/v1/inventory']),
  );
  expect(await said('a reader by RBAC', secrets.roles)).toEqual([]);
});

it.each(strangers)('tells %s nothing at all', async (name) => {
  const answers = new Map([
    ...(await hunt.readAll(viewerOf(name), depthOf(name))),
    ...(await strangersDetails(name)),
  ]);
  // Whoever has a binding is told what it gives, and nothing of what is there.
  const own = name === 'a token without rights' ? ['GET /api/v1/access/me'] : [];
  for (const question of own) answers.delete(question);
  expect(leaks(answers, [...everyWord, '"web"', 'namespace/shop', 'bank'])).toEqual([]);
});

async function strangersDetails(name: (typeof strangers)[number]): Promise<ReadonlyMap<string, string>> {
  const { nodes, edges } = await hunt.idsOf(viewerOf('admin'));
  const found = new Map<string, string>();
  for (const [route, ids] of [
    ['node', nodes.slice(0, 2)],
    ['edge', edges.slice(0, 2)],
  ] as const) {
    for (const id of ids) {
      const query = `?${hunt.span}&level=workload&id=${id}`;
      found.set(`${route}${query}`, await hunt.read(`GET /api/v1/${route}`, query, viewerOf(name)));
    }
  }
  return found;
}

it.each([...limited, ...strangers])(
  'changes nothing for %s and names nothing in the refusal',
  async (name) => {
    // A browser may change what is its own; what it may not is the same as for the token of its person.
    if (name === 'a browser') return;
    const isThorough = thorough.includes(name);
    const queries = ['', '?id=zz', '?cluster=c1', '?name=zz-binding', '?zz=1'];
    const bodies = ['', '{}', '[', '{"cluster":"c1"}', '{"name":"zz-binding"}', 'x'.repeat(70_000)];
    for (const route of changing()) {
      for (const query of isThorough ? queries : ['']) {
        for (const body of isThorough && query === '' ? bodies : ['{}']) {
          const text = await hunt.read(route, query, viewerOf(name), body);
          expect([route, query, told(text, `${query}${body}`, [...everyWord, 'shop'])]).toEqual([
            route,
            query,
            [],
          ]);
          // Where the nodes of their own pictures stand, people may forget; and link to what they see.
          expect(text, route).not.toMatch(ownToChange.includes(route) ? /^5/ : /^[25]/);
        }
      }
    }
    // What they called a link of their own tells nothing of what is there.
    await asOwner(hunt.database.urls.owner, (session) => session.change('DELETE FROM share_link'));
  },
);

it('refuses an admin what is wrong without a word of what is there', async () => {
  const admin = viewerOf('admin');
  const wrong = [
    ['DELETE /api/v1/ingest-tokens', '?id=nobody', ''],
    ['DELETE /api/v1/access/bindings', '?name=nobody', ''],
    ['DELETE /api/v1/access/groups', '?name=nobody', ''],
    ['POST /api/v1/access/bindings', '', '{"name":"x"}'],
    ['POST /api/v1/access/bindings', '', 'x'.repeat(70_000)],
    ['POST /api/v1/access/groups', '', '['],
    ['POST /api/v1/ingest-tokens', '', '{"cluster":""}'],
    ['POST /api/v1/inventory', '?cluster=c1', '{'],
    ['POST /api/v1/inventory', '?cluster=c1&prune=zz', ''],
    ['POST /api/v1/rejected/retry', '?line=zz', ''],
    ['POST /api/v1/ingest/flows', '', 'zz'],
  ] as const;
  for (const [route, query, body] of wrong) {
    const text = await hunt.read(route, query, admin, body);
    expect([route, text.slice(0, 1)]).toEqual([route, '4']);
    expect([route, told(text, `${query}${body}`, everyWord)]).toEqual([route, []]);
  }
});

it('tells not even the name of the peer where the installation says so', async () => {
  await changeFarEnd(hunt.database.urls, 'nothing');
  try {
    for (const name of limited) {
      const answers = new Map(await hunt.readAll(viewerOf(name), 'usual'));
      if (name === thorough[0])
        for (const [question, text] of await everyDetail(name)) answers.set(question, text);
      expect(answers.get(`GET /api/v1/graph?${hunt.span}&level=namespace`)).toContain('outside-scope');
      const words = [...secrets.peer, ...secrets.hidden, ...secrets.attributes];
      expect([name, leaks(answers, words)]).toEqual([name, []]);
    }
  } finally {
    await changeFarEnd(hunt.database.urls, 'namespace');
  }
});
