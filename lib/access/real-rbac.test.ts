import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readManifests } from '#lib/inventory/read-manifests.ts';
import { decideAccess } from './decide-access.ts';
import { accessBook } from './grants.ts';
import { knownNamespaces } from './known-namespaces.ts';
import { readStatements } from './read-statements.ts';

/** Real RBAC of several teams beside the project, read from their files; see data/SOURCES.md there. */
const folder = join(process.cwd(), '../shared/data/rbac');
const hasData = existsSync(folder);
if (!hasData) console.warn(`real-rbac.test.ts is skipped: there is no ${folder}`);

const sets = hasData ? readdirSync(folder) : [];

function read(set: string) {
  const names = readdirSync(join(folder, set), { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => /\.(ya?ml|json)$/.test(name)).sort();
  const read = readManifests(
    files.map((file) => ({ file, text: readFileSync(join(folder, set, file), 'utf8') })),
  );
  const reading = readStatements(read.objects);
  const source = { kind: 'kubernetes', cluster: 'real', name: set } as const;
  const known = knownNamespaces(
    reading.namespaces.map(({ name, labels }, index) => {
      return { id: BigInt(index + 1), cluster: 'real', name, labels, sinceMs: null };
    }),
  );
  const book = accessBook(reading.ofKubernetes.map((statement) => ({ ...statement, source })));
  const seenBy = (name: string, ...groups: string[]) => {
    const { held, scope } = decideAccess({ name, groups }, book, known);
    return [held.map(({ grant }) => grant.origin.name), scope.clusters, scope.namespaceIds.length];
  };
  return { problems: read.problems, reading, seenBy };
}

it.runIf(hasData).each(sets)('reads all of %s without an error', (set) => {
  const { problems, reading } = read(set);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(reading.ofKubernetes.length + reading.namespaces.length).toBeGreaterThan(0);
});

it.runIf(hasData)('gives people what their clusters give them', () => {
  const fan = read('multi-cluster-fan-out');
  expect(fan.seenBy('user-a1')).toEqual([['namespace-viewer'], [], 1]);
  expect(fan.seenBy('user-x')).toEqual([[], [], 0]);
  const foo = read('foo-corp');
  // She may read namespaces, not pods.
  expect(foo.seenBy('cheryl@foo-corp.com')).toEqual([[], [], 0]);
  // Config Sync spreads the binding by a selector; as it is applied here it is of namespace default.
  expect(foo.seenBy('someone', 'sre@foo-corp.com')).toEqual([['sre-admin'], [], 0]);
  expect(foo.seenBy('someone', 'system:serviceaccounts:audit')).toEqual([[], [], 0]);
  // Service accounts of prow are nobody.
  expect(read('prow').seenBy('deck')).toEqual([[], [], 0]);
});
