import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readStatements } from '#lib/access/read-statements.ts';
import { graphSchema } from '#lib/contracts/graph.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { readManifests } from '#lib/inventory/read-manifests.ts';
import { applyAccess } from '#lib/server/apply-access.ts';
import { putBinding } from '#lib/server/change-binding.ts';
import { changeFarEnd } from '#lib/server/change-far-end.ts';
import {
  anyFacts,
  dayMs,
  type Fact,
  firstDayMs,
  namespaces,
  type Place,
  placeOf,
  seedEstate,
} from '../oracle/scoped-estate.ts';
import { makePerson } from '../person.ts';
import { type Hunt, openHunt, type Shown } from './hunt.ts';

let hunt: Hunt;
let reader: Reader;
let email: string;
let viewer: Shown;

beforeAll(async () => {
  hunt = await openHunt();
  reader = openReader(hunt.database.urls);
  const person = await makePerson(hunt.database.urls, { role: null });
  email = person.email;
  viewer = { authorization: person.bearer };
});
afterAll(async () => {
  await reader.close();
  await hunt.close();
});

const clusterNames = fc.constantFrom('c1', 'c2', 'c*', '*1', 'C1', 'c');
const whose = fc.constantFrom('me', 'me', 'me', 'another');

const anyBinding = fc.oneof(
  fc.record({
    by: fc.constant('names' as const),
    whose,
    role: fc.constantFrom('team' as const, 'viewer' as const, 'operator' as const),
    clusters: fc.uniqueArray(clusterNames, { minLength: 1, maxLength: 2 }),
    namespaces: fc.uniqueArray(
      fc.constantFrom('alpha', 'beta', 'delta', '*', 'a*', '*eta', '*a*m*', 'alp', ''.padEnd(3, 'x')),
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
  }),
  fc.record({
    by: fc.constant('label' as const),
    whose,
    role: fc.constant('team' as const),
    clusters: fc.tuple(clusterNames),
    namespaces: fc.tuple(fc.constantFrom('alpha', 'gamma', 'delta')),
  }),
  fc.record({
    by: fc.constant('cluster' as const),
    whose,
    role: fc.constant('viewer' as const),
    clusters: fc.tuple(fc.constantFrom('c1', 'c2', '*2', 'C2')),
    namespaces: fc.constant([]),
  }),
  fc.record({
    by: fc.constant('rbac' as const),
    whose,
    role: fc.constantFrom('view' as const, 'no-pods' as const),
    clusters: fc.tuple(fc.constantFrom('c1', 'c2')),
    namespaces: fc.uniqueArray(fc.constantFrom('alpha', 'beta', 'delta', '*'), { maxLength: 1 }),
  }),
);

type Binding = typeof anyBinding extends fc.Arbitrary<infer T> ? T : never;

/** Makes these the only bindings there are, by the ways that people have. */
async function bind(bindings: readonly Binding[]): Promise<void> {
  const { urls } = hunt.database;
  const nobody = {
    by: 'names',
    whose: 'another',
    role: 'viewer',
    clusters: ['c1'],
    namespaces: ['xxx'],
  } as const;
  for (let slot = 0; slot < 3; slot += 1) {
    const drawn = bindings[slot];
    const { by, whose, role, clusters, namespaces } =
      drawn === undefined || drawn.by === 'rbac' ? nobody : drawn;
    const subjects = [{ kind: 'User' as const, name: whose === 'me' ? email.toUpperCase() : 'a@b.example' }];
    const matchLabels = { 'kubernetes.io/metadata.name': namespaces[0] ?? '' };
    const reach =
      by === 'cluster'
        ? {}
        : by === 'label'
          ? { namespaceSelector: { matchLabels, matchExpressions: [] } }
          : { namespaces: [...namespaces] };
    await putBinding(
      urls,
      { name: `b${slot}`, role, subjects, scopes: [{ clusters: [...clusters], ...reach }] },
      0,
    );
  }
  for (const cluster of ['c1', 'c2']) {
    const objects = bindings.flatMap(({ by, whose, role, clusters, namespaces: [namespace] }, index) =>
      by === 'rbac' && clusters[0] === cluster
        ? [rbacBinding({ name: `b${index}`, namespace, role, user: whose === 'me' ? email : 'a@b.example' })]
        : [],
    );
    const text = [noPods, ...objects].map((object) => JSON.stringify(object)).join('\n---\n');
    const reading = readStatements(readManifests([{ file: 'a.yaml', text }]).objects);
    await applyAccess({ urls, reader, reading, cluster, source: 'default', nowMs: 0 });
  }
}

const group = 'rbac.authorization.k8s.io';
const noPods = {
  apiVersion: `${group}/v1`,
  kind: 'ClusterRole',
  metadata: { name: 'no-pods' },
  rules: [{ apiGroups: [''], resources: ['configmaps', 'pods/log'], verbs: ['list'] }],
};

function rbacBinding({
  name,
  namespace,
  role,
  user,
}: Record<'name' | 'role' | 'user', string> & { readonly namespace: string | undefined }) {
  return {
    apiVersion: `${group}/v1`,
    kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: namespace === undefined ? { name } : { name, namespace },
    roleRef: { apiGroup: group, kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'User', name: user }],
  };
}

// The model: one question after the other, with nothing shared with the product.

function isLike(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.split('*').join('.*')}$`).test(text);
}

/** No namespace is called `*`: an object of it is refused as it is read, and means every namespace to nobody. */
function isRefused({ by, namespaces: names }: Binding): boolean {
  return by === 'rbac' && names[0] === '*';
}

/** Whether one of the bindings lets me see what is in a namespace of a cluster, or without one in the cluster. */
function sees(bindings: readonly Binding[], cluster: string, namespace: string | null): boolean {
  return bindings.some((binding) => {
    const { by, whose, role, clusters, namespaces: names } = binding;
    if (isRefused(binding)) return false;
    if (whose !== 'me' || role === 'operator' || role === 'no-pods') return false;
    if (by === 'rbac') {
      return (
        clusters[0] === cluster && (names.length === 0 || (namespace !== null && names[0] === namespace))
      );
    }
    if (!clusters.some((pattern) => isLike(pattern, cluster))) return false;
    return by === 'cluster' || (namespace !== null && names.some((pattern) => isLike(pattern, namespace)));
  });
}

const words = ['', 'workload', 'service', 'host', 'networkset', 'domain', 'network', 'unknown'];

function nameOf(ns: number): string | null {
  return namespaces.find(({ id }) => id === ns)?.name ?? null;
}

type World = {
  readonly bindings: readonly Binding[];
  readonly farEnd: 'namespace' | 'nothing';
  readonly level: string;
};

function nodeName({ bindings, farEnd, level }: World, { cluster, kind, ns, name }: Place): string {
  const namespace = nameOf(ns);
  const isOwn = sees(bindings, cluster, namespace);
  const word = words[kind] ?? '';
  if (namespace !== null) {
    if (!isOwn) return farEnd === 'namespace' ? `${cluster}/namespace/${namespace}` : 'outside-scope';
    if (level === 'namespace' && kind < 3) return `${cluster}/namespace/${namespace}`;
    return `${cluster}/${word}/${namespace}/${name}`;
  }
  if (!isOwn && kind < 5 && name !== 'kube-apiserver') return 'outside-scope';
  return word === 'unknown' ? `${cluster}/unknown` : `${cluster}/${word}/${name}`;
}

/** The edges of my graph, as `source > target`. */
function edgesOf(world: World, facts: readonly Fact[]): readonly string[] {
  const isOwn = ({ cluster, ns }: Place) => sees(world.bindings, cluster, nameOf(ns));
  const edges = facts.flatMap((fact) => {
    const [source, target] = [placeOf(fact.source), placeOf(fact.target)];
    if (!isOwn(source) && !isOwn(target)) return [];
    return [`${nodeName(world, source)} > ${nodeName(world, target)}`];
  });
  return [...new Set(edges)].sort();
}

const span = `from=${new Date(firstDayMs).toISOString()}&to=${new Date(firstDayMs + 2 * dayMs).toISOString()}`;

it('names in a graph what the bindings give, and nothing else', async () => {
  const met = { edges: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(
      anyFacts,
      fc.array(anyBinding, { maxLength: 3 }),
      fc.constantFrom('namespace' as const, 'nothing' as const),
      async (facts, bindings, farEnd) => {
        await seedEstate(hunt.database.urls.owner, facts);
        await bind(bindings);
        await changeFarEnd(hunt.database.urls, farEnd);
        const mayRead = bindings.some(
          (binding) =>
            binding.whose === 'me' &&
            binding.role !== 'operator' &&
            binding.role !== 'no-pods' &&
            !isRefused(binding),
        );
        for (const level of ['namespace', 'workload']) {
          const answer = await hunt.ask('GET /api/v1/graph', `?${span}&level=${level}`, viewer);
          if (!mayRead) {
            expect(answer.status).toBe(403);
            met.refused += 1;
            continue;
          }
          const { nodes, edges } = graphSchema.parse(await answer.json());
          const expected = edgesOf({ bindings, farEnd, level }, facts);
          expect(edges.map(({ source, target }) => `${source} > ${target}`).sort()).toEqual(expected);
          const ends = new Set(expected.flatMap((edge) => edge.split(' > ')));
          expect(nodes.map(({ id }) => id).sort()).toEqual([...ends].sort());
          met.edges += expected.length;
        }
      },
    ),
    { numRuns: process.env.FLOWLOOM_LONG === '1' ? 300 : 15 },
  );
  expect(met.edges).toBeGreaterThan(20);
});
