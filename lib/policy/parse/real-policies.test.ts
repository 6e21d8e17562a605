import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { placeText } from '#lib/inventory/place.ts';
import { readManifests } from '#lib/inventory/read-manifests.ts';
import { readPolicies } from './read-policies.ts';

/** Real manifests beside the project (data/SOURCES.md there). */
const folder = join(process.cwd(), '../shared/data');
const hasData = existsSync(join(folder, 'policies'));
if (!hasData) console.warn(`real-policies.test.ts is skipped: there is no ${folder}`);

const files = hasData
  ? ['apps', 'policies'].flatMap((part) =>
      readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ya?ml|json)$/.test(name))
        .map((name) => join(part, name))
        .sort()
        .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') })),
    )
  : [];

const read = files.map((file) => {
  const { objects } = readManifests([file]);
  return { ...file, objects, ...readPolicies(objects) };
});

it.runIf(hasData)('reads every policy, or refuses it with file, document, path and reason', () => {
  let refusals = 0;
  for (const { file, objects, cluster, peers, refused, problems } of read) {
    const manifests = objects.filter((object) => object.type === 'policy');
    const hosts = peers.filter(({ endpoint }) => endpoint.kind === 'host').length;
    const known = cluster.policies.length + cluster.tiers.length + cluster.networkSets.length + hosts;
    const unevaluated = cluster.unevaluated.length;
    // A host that is refused leaves nothing open: its own policies cannot be asked about without it.
    const refusedHosts = refused.filter(({ kind }) => kind === 'HostEndpoint').length;
    expect(known + unevaluated + refusedHosts, file).toBe(manifests.length);
    for (const manifest of refused) {
      const reasons = problems.filter(
        ({ severity, place }) => severity === 'error' && place.document === manifest.place.document,
      );
      expect(reasons.length, placeText(manifest.place)).toBeGreaterThan(0);
      for (const { place, message } of reasons) {
        expect(place.file).toBe(file);
        expect(place.path).not.toBe('');
        expect(message.length).toBeGreaterThan(20);
      }
      refusals += 1;
    }
  }
  expect(refusals).toBe(24);
});

it.runIf(hasData)('stands on the line that it names', () => {
  for (const { text, problems } of read) {
    const lines = text.split('\n');
    for (const { place, code } of problems) {
      const last = place.path.split(/[.[]/).at(-1) ?? '';
      const line = lines[place.line - 1] ?? '';
      if (code === 'missing' || code === 'needs-protocol' || last === '' || last.endsWith(']')) continue;
      expect(line, `${placeText(place)}: ${line}`).toContain(last);
    }
  }
});

it.runIf(hasData)('reads all policies of Online Boutique and of the recipes without a word', () => {
  const quiet = read.filter(({ file }) => /online-boutique-policies|ahmetb/.test(file));
  expect(quiet.flatMap(({ problems }) => problems)).toEqual([]);
  expect(quiet.reduce((sum, { cluster }) => sum + cluster.policies.length, 0)).toBeGreaterThan(25);
});
