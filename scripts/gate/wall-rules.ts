import type { DependencyType, IRegularForbiddenRuleType } from 'dependency-cruiser';

import { topLevel, type Wall, walls } from './walls.ts';

/** The table of walls as rules of dependency-cruiser. Tests may import more than what they test. */

const anyPackage: DependencyType[] = [
  'npm',
  'npm-dev',
  'npm-optional',
  'npm-peer',
  'npm-no-pkg',
  'npm-unknown',
  'npm-bundled',
];
const tests = '\\.test\\.tsx?$';

export function rulesOf(wall: Wall): readonly IRegularForbiddenRuleType[] {
  const own = folderPattern(wall.folder);
  const rule = (name: string, to: IRegularForbiddenRuleType['to']): IRegularForbiddenRuleType => ({
    name: `${wall.folder}: ${name}`,
    severity: 'error',
    comment: `${wall.why} (scripts/gate/walls.ts)`,
    from: { path: own, pathNot: tests },
    to,
  });
  const allowed = [own, ...wall.folders.map(folderPattern)];
  return [
    rule('folders', { pathNot: ['node_modules/', ...allowed], dependencyTypesNot: ['core', ...anyPackage] }),
    rule('packages', { dependencyTypes: anyPackage, pathNot: wall.packages.map(packagePattern) }),
    ...(wall.isPure ? [rule('pure', { dependencyTypes: ['core'] })] : []),
  ];
}

/** A folder inside a folder that has a wall of its own is no part of the outer one. */
function folderPattern(folder: string): string {
  if (folder === topLevel) return '^[^/]+$';
  if (folder.endsWith('/*')) return `^${folder.slice(0, -1)}`;
  const inner = walls.map((wall) => wall.folder).filter((other) => other.startsWith(`${folder}/`));
  return `^${folder}/${inner.map((other) => `(?!${other.slice(folder.length + 1)}/)`).join('')}`;
}

function packagePattern(name: string): string {
  return `node_modules/(@types/)?${name.replace('*', '[^/]+')}/`;
}
