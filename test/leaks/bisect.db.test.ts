import { afterAll, beforeAll, expect, it } from 'vitest';
import { asOwner } from '#lib/db/owner-session.ts';
import { fieldNames, traitsOf } from '#lib/filter/fields.ts';
import { changeFarEnd } from '#lib/server/change-far-end.ts';
import { makePerson } from '../person.ts';
import { type Hunt, openHunt } from './hunt.ts';
import { seedSecrets } from './secret-estate.ts';
import { makeViewers } from './viewers.ts';

let hunt: Hunt;
let viewerOf: Awaited<ReturnType<typeof makeViewers>>;

beforeAll(async () => {
  hunt = await openHunt();
  await seedSecrets(hunt.database, hunt.nowMs);
  viewerOf = await makeViewers(hunt.database, hunt.nowMs);
});
afterAll(() => hunt.close());

type Name = Parameters<typeof viewerOf>[0];

/** What somebody would like to know the existence of, by the field that would tell. */
const sought: Readonly<Record<string, readonly string[]>> = {
  cluster: ['zz-cluster'],
  namespace: ['zz-hidden'],
  workload: ['zz-api'],
  name: ['zz-set', 'zz-host'],
  'label.app': ['zz-label'],
  'label.k8s:app': ['zz-label'],
  policy: ['zz-policy', 'zz-global'],
  tier: ['zz-tier'],
};
const isLong = process.env.FLOWLOOM_LONG === '1';
const everySecret = [...new Set(Object.values(sought).flat())];
/** With what is as long and is nowhere. */
const absent = (value: string): string =>
  /^\d+$/.test(value) ? '9'.repeat(value.length) : 'q'.repeat(value.length);

const operators = ['==', '!=', 'contains', 'starts with', 'ends with'];
const textFields = fieldNames
  .filter((name) => traitsOf(name).value === 'text' && traitsOf(name).words === null && name !== 'protocol')
  .flatMap((name) => (name === 'label' ? ['label.app', 'label.k8s:app'] : [name]));

/** Ways to ask about one value of a field. */
function asked(field: string, value: string): readonly string[] {
  return [
    ...operators.map((operator) => `${field} ${operator} "${value}"`),
    `source.${field} contains "${value}"`,
    `dest.${field} != "${value}"`,
    `!(dest.${field} == "${value}")`,
    `!(source.${field} in {"web", "${value}"})`,
    `dest.${field} not in {"${value}"} && flows > 0`,
    `source.${field} in {"${value}"} || denied > 0 && dest.${field} == "${value}"`,
  ];
}

const others = (value: string): readonly string[] => [
  `has(label.${value})`,
  `!has(source.label.${value})`,
  `label.${value} == "x"`,
  `protocol contains "${value}"`,
  `kind contains "${value}" || verdict starts with "${value}"`,
];

/** A port that only hidden traffic has. */
const ports = (value: string): readonly string[] => [
  `port == ${value}`,
  `port != ${value}`,
  `port in {8443, ${value}}`,
];

type Where = { readonly route: string; readonly query: string };

/** An asker whose answers to what is absent are asked for once. */
function bisector(name: Name, { route, query }: Where, parameter: string) {
  const known = new Map<string, Promise<string>>();
  const answer = (text: string): Promise<string> =>
    hunt.read(`GET ${route}`, `${query}&${parameter}=${encodeURIComponent(text)}`, viewerOf(name));
  return async (questions: (value: string) => readonly string[], value: string): Promise<void> => {
    for (const [index, question] of questions(value).entries()) {
      const nothing = questions(absent(value))[index] ?? '';
      const baseline = known.get(nothing) ?? answer(nothing);
      known.set(nothing, baseline);
      expect([name, parameter, question, await answer(question)]).toEqual([
        name,
        parameter,
        question,
        await baseline,
      ]);
    }
  };
}

const graph = (level: string): Where => ({ route: '/api/v1/graph', query: `?${hunt.span}&level=${level}` });

it('knows every field of a filter', () => {
  expect(textFields.sort()).toEqual(Object.keys(sought).sort());
});

it('would see a difference', async () => {
  const ask = bisector('a team by name', graph('workload'), 'filter');
  await expect(ask((value) => [`workload contains "${value}"`], 'web')).rejects.toThrow();
  await expect(ask((value) => [`port == ${value}`], '8443')).rejects.toThrow();
  await expect(ask((value) => [`policy == "${value}"`], 'own-policy')).rejects.toThrow();
});

it.each(['filter', 'hide'])('gives nothing away to whoever bisects with %s', async (parameter) => {
  const ask = bisector('a team by name', graph('workload'), parameter);
  for (const field of textFields) {
    // Both ways go through the same facts: hide takes what filter keeps.
    const most = parameter === 'filter' ? undefined : 3;
    for (const value of isLong ? everySecret : (sought[field] ?? [])) {
      await ask((text) => asked(field, text).slice(0, most), value);
    }
  }
  await ask(others, 'zz-label');
  await ask(ports, '5432');
});

it('gives away no policy that the cluster does not let one read', async () => {
  const ask = bisector('a reader by RBAC of pods alone', graph('workload'), 'filter');
  for (const value of ['own-policy', 'zz-global']) {
    await ask((text) => asked('policy', text), value);
  }
  await ask((text) => asked('tier', text), 'zz-tier');
});

it('gives nothing away in what an edge and a node are counted by', async () => {
  const team = viewerOf('a team by name');
  const { nodes, edges } = await hunt.idsOf(team);
  const level = `?${hunt.span}&level=workload&id=`;
  for (const [route, ids] of [
    ['/api/v1/node', nodes],
    ['/api/v1/edge', edges],
  ] as const) {
    for (const id of ids) {
      const ask = bisector('a team by name', { route, query: `${level}${id}` }, 'filter');
      await ask(
        (value) => [`dest.workload starts with "${value}"`, `!(dest.label.app == "${value}")`],
        'zz-api',
      );
      await ask((value) => [`policy == "${value}" || source.name == "${value}"`], 'zz-policy');
    }
  }
});

it('gives away no cluster and no namespace that is asked for by name', async () => {
  for (const name of ['a team by name', 'a reader by RBAC', 'a team of nothing there is'] as const) {
    const ask = bisector(name, graph('workload'), 'namespace');
    for (const value of ['zz-hidden', 'zz-other', 'bank']) await ask((text) => [text], value);
    const cluster = bisector(name, graph('namespace'), 'cluster');
    await cluster((text) => [text], 'zz-cluster');
    const inventory = bisector(name, { route: '/api/v1/inventory', query: '?limit=9' }, 'namespace');
    for (const value of ['zz-hidden', 'zz-peer']) await inventory((text) => [text], value);
  }
});

it('tells nobody by name who the far end is, where the installation says so', async () => {
  await changeFarEnd(hunt.database.urls, 'nothing');
  try {
    for (const level of ['namespace', 'workload']) {
      const ask = bisector('a team by name', graph(level), 'namespace');
      for (const value of ['zz-peer', 'zz-hidden']) await ask((text) => [text], value);
      const filter = bisector('a team by name', graph(level), 'filter');
      for (const field of ['namespace', 'name']) await filter((text) => asked(field, text), 'zz-peer');
    }
    const node = bisector('a team by name', { route: '/api/v1/node', query: `?${hunt.span}` }, 'id');
    await node((value) => [`c1/namespace/${value}`], 'zz-peer');
  } finally {
    await changeFarEnd(hunt.database.urls, 'namespace');
  }
});

it('says alike to whoever guesses the password of somebody and of nobody', async () => {
  const { email } = await makePerson(hunt.database.urls, { role: 'admin' });
  const answers = async (address: string): Promise<readonly string[]> => {
    const found: string[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const body = JSON.stringify({ email: address, password: 'wrong' });
      const answer = await hunt.ask('POST /api/v1/sign-in', '', null, body);
      found.push(`${answer.status} ${await answer.text()}`);
    }
    return found;
  };
  const ofSomebody = await answers(email);
  expect(ofSomebody).toEqual(await answers('nobody@test.example'));
  expect(ofSomebody.map((text) => text.slice(0, 3))).toEqual(['401', '401', '401']);
});

it('says alike of the token of somebody else and of none', async () => {
  const browser = viewerOf('a browser');
  const tokens = await asOwner(hunt.database.urls.owner, (session) =>
    session.ask<{ readonly id: string }>('SELECT id FROM api_token LIMIT 3'),
  );
  expect(tokens.length).toBe(3);
  for (const { id } of tokens) {
    expect(await hunt.read('DELETE /api/v1/tokens', `?id=${id}`, browser)).toBe(
      await hunt.read('DELETE /api/v1/tokens', `?id=${'q'.repeat(id.length)}`, browser),
    );
  }
});
