import { performance } from 'node:perf_hooks';
import type { Statement } from '#lib/access/binding.ts';
import { recordNamespaces } from '#lib/db/access-namespaces.ts';
import { replaceStatements } from '#lib/db/access-statements.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import { openReader } from '#lib/db/reader.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { idOf } from '#lib/ingest/id63.ts';
import { resolveAccess } from '#lib/server/resolve-access.ts';

const CLUSTERS = 4;
const NAMESPACES = 1_000;
const BINDINGS = 10_000;
const PEOPLE = 2_000;
const GROUPS = 200;
const ROUNDS = 300;

export type ResolveFigures = {
  /** The median over many people, each met for the first time. */
  readonly resolveMs: number;
  readonly p95Ms: number;
  /** Of this process, for one of them on average: what a busy machine does not change. */
  readonly cpuMs: number;
  /** Somebody whom all bindings of patterns and labels reach, met for the first time. */
  readonly widestMs: number;
  /** The same person again. */
  readonly againMs: number;
  /** The first question after anything has changed, when all of it is read and indexed anew. */
  readonly afterChangeMs: number;
};

/** What it costs to resolve a scope among 10,000 bindings and 1,000 namespaces; fills an empty database. */
export async function measureResolve(urls: DatabaseUrls): Promise<ResolveFigures> {
  await fill(urls);
  const reader = openReader(urls);
  const time = async (name: string, groups: readonly string[]): Promise<number> => {
    const viewer = { kind: 'person', userId: '', email: name, groups, authenticatedBy: 'session' } as const;
    const start = performance.now();
    await resolveAccess(reader, viewer);
    return performance.now() - start;
  };
  try {
    const afterChangeMs = await time('nobody@corp.example', []);
    const times: number[] = [];
    const before = process.cpuUsage();
    for (let each = 0; each < ROUNDS; each += 1) {
      times.push(await time(person(each), [group(each), group(each * 7 + 1)]));
    }
    const { user, system } = process.cpuUsage(before);
    const everyGroup = Array.from({ length: GROUPS }, (_, each) => group(each));
    const widestMs = await time('widest@corp.example', everyGroup);
    const again: number[] = [];
    for (let each = 0; each < ROUNDS; each += 1) again.push(await time(person(0), [group(0), group(1)]));
    return {
      resolveMs: quantile(times, 0.5),
      p95Ms: quantile(times, 0.95),
      cpuMs: rounded((user + system) / 1_000 / ROUNDS),
      widestMs: rounded(widestMs),
      againMs: quantile(again, 0.5),
      afterChangeMs: rounded(afterChangeMs),
    };
  } finally {
    await reader.close();
  }
}

const person = (index: number) => `person${index % PEOPLE}@corp.example`;
const group = (index: number) => `group${index % GROUPS}`;
const clusterOf = (index: number) => `cluster${index % CLUSTERS}`;
const namespaceOf = (index: number) => `team${index % 100}-app${index % NAMESPACES}`;

async function fill({ owner }: DatabaseUrls): Promise<void> {
  await asOwner(owner, (session) =>
    session.inTransaction(async () => {
      for (let cluster = 0; cluster < CLUSTERS; cluster += 1) {
        const name = clusterOf(cluster);
        const ofCluster = Array.from({ length: NAMESPACES }, (_, index) => index).filter(
          (index) => clusterOf(index) === name,
        );
        const namespaces = ofCluster.map((index) => ({
          id: idOf('namespace', name, namespaceOf(index)).text,
          name: namespaceOf(index),
          labels: { team: `team${index % 100}`, env: index % 3 === 0 ? 'prod' : 'test' },
          uid: null,
        }));
        await recordNamespaces(session, name, namespaces, new Date(0));
        const source = { kind: 'kubernetes', cluster: name, name: 'default' } as const;
        await replaceStatements(session, source, rbacOf(cluster), new Date(0));
      }
      const source = { kind: 'document', cluster: null, name: 'default' } as const;
      await replaceStatements(session, source, ownBindings(), new Date(0));
    }),
  );
}

/** Nine of ten bindings are RoleBindings, as in a real estate. */
function rbacOf(cluster: number): readonly Statement[] {
  const all = Array.from({ length: (BINDINGS * 9) / 10 }, (_, index) => index);
  return all
    .filter((index) => index % CLUSTERS === cluster)
    .map((index) => ({
      kind: 'role-binding',
      content: {
        namespace: namespaceOf(index),
        name: `binding${index}`,
        role: { kind: 'ClusterRole', name: index % 5 === 0 ? 'edit' : 'view' },
        subjects: [
          index % 2 === 0 ? { kind: 'User', name: person(index) } : { kind: 'Group', name: group(index) },
        ],
      },
    }));
}

function ownBindings(): readonly Statement[] {
  return Array.from({ length: BINDINGS / 10 }, (_, index): Statement => {
    const clusters = index % 3 === 0 ? ['*'] : [clusterOf(index)];
    const selector = { matchLabels: { team: `team${index % 100}` }, matchExpressions: [] };
    return {
      kind: 'binding',
      content: {
        name: `own${index}`,
        role: index % 2 === 0 ? 'team' : 'viewer',
        subjects: [{ kind: 'group', name: group(index) }],
        reaches: [
          index % 2 === 0
            ? { kind: 'labels', clusters, selector }
            : { kind: 'namespaces', clusters, namespaces: [`team${index % 100}-*`] },
        ],
      },
    };
  });
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return rounded(sorted[Math.floor(sorted.length * share)] ?? 0);
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
