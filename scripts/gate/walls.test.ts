import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, expect, test } from 'vitest';

import config from '../../.dependency-cruiser.js';
import { topLevel, type Wall, wallOf, walls } from './walls.ts';

/**
 * A scratch project with one file per folder that imports all the others, a few packages and a
 * built-in: what is reported must be just what the table does not allow.
 */

const packages = ['zod', 'pg', 'react', 'cytoscape'];
const project = mkdtempSync(join(tmpdir(), 'flowloom-walls-'));
const crossings = new Set<string>();

const probed = walls.filter((wall) => wall.folder !== topLevel);

beforeAll(async () => {
  symlinkSync(resolve('node_modules'), join(project, 'node_modules'));
  write('package.json', JSON.stringify({ type: 'module', dependencies: dependenciesOf(packages) }));
  for (const { folder } of probed) {
    write(`${folder}/target.ts`, 'export const target = 1;\n');
    write(`${folder}/probe.ts`, probeOf(folder));
  }
  write('lib/kit/cycle-a.ts', "import './cycle-b.ts';\n");
  write('lib/kit/cycle-b.ts', "import './cycle-a.ts';\n");
  write('lib/server/lost.ts', "import './not-there.ts';\n");
  write('lib/db/writer-pool.ts', 'export const pool = 1;\n');
  write('lib/server/writes.ts', "import '../db/writer-pool.ts';\n");
  write('lib/ingest/writes.ts', "import '../db/writer-pool.ts';\n");
  const { output } = await cruise(['.'], {
    ...config.options,
    baseDir: project,
    ruleSet: { forbidden: config.forbidden },
    validate: true,
  });
  for (const { from, to, rule } of resultOf(output).summary.violations) {
    crossings.add(`${from} → ${to.replace(/^.*node_modules\/(@types\/)?([^/]+)\/.*$/, '$2')}`);
    crossings.add(`${rule.name}: ${from}`);
  }
}, 60_000);

afterAll(() => rmSync(project, { recursive: true }));

test.each(probed.map((wall) => [wall.folder, wall] as const))(
  '%s imports what its wall allows',
  (_name, wall) => {
    const from = `${wall.folder}/probe.ts`;
    for (const { folder } of probed.filter((other) => other !== wall))
      expect([folder, crossings.has(`${from} → ${folder}/target.ts`)]).toEqual([
        folder,
        !mayImport(wall, folder),
      ]);
    for (const name of packages)
      expect([name, crossings.has(`${from} → ${name}`)]).toEqual([name, !wall.packages.includes(name)]);
    expect(crossings.has(`${wall.folder}: pure: ${from}`)).toBe(wall.isPure);
  },
);

test('cycles and imports that are not found are reported', () => {
  expect(crossings).toContain('no cycles: lib/kit/cycle-a.ts');
  expect(crossings).toContain('every import is found: lib/server/lost.ts');
});

test('only ingest reaches the pool that writes', () => {
  expect(crossings).toContain('only ingest writes facts: lib/server/writes.ts');
  expect(crossings).not.toContain('only ingest writes facts: lib/ingest/writes.ts');
});

test('a file belongs to the innermost folder, and an unknown folder to none', () => {
  expect(wallOf('components/graph/canvas/style.ts')?.folder).toBe('components/graph/canvas');
  expect(wallOf('proxy.ts')?.folder).toBe(topLevel);
  expect(wallOf('lib/helpers/a.ts')).toBeUndefined();
});

function mayImport(wall: Wall, folder: string): boolean {
  return wall.folders.some((allowed) =>
    allowed.endsWith('/*')
      ? folder.startsWith(allowed.slice(0, -1))
      : wallOf(`${folder}/x.ts`)?.folder === allowed,
  );
}

function probeOf(folder: string): string {
  const up = '../'.repeat(folder.split('/').length);
  const local = probed.map((wall) => `${up}${wall.folder}/target.ts`);
  return [...local, ...packages, 'node:fs'].map((name) => `import '${name}';\n`).join('');
}

function dependenciesOf(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, '*']));
}

function resultOf(output: ICruiseResult | string): ICruiseResult {
  if (typeof output === 'string') throw new Error('a report for people where an object was asked for');
  return output;
}

function write(path: string, text: string): void {
  const file = join(project, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
