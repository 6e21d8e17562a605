import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** What git has or would take: new files too, so that a check fails before the commit. */
export function trackedFiles(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
  return listed
    .toString()
    .split('\0')
    .filter((path) => path !== '' && existsSync(path));
}

/** What must not lie in the repository, and how it is told from the rest. */
const forbiddenPaths = /^(\.next|\.flowloom|\.tmp|node_modules|test-results|coverage)\//;
const forbiddenTexts: readonly (readonly [RegExp, string])[] = [
  [/registry\.(npmjs|npmmirror|yarnpkg)\./, 'names the host of a package registry'],
  [/^ *"resolved": "/m, 'a lock file with addresses works on one network only'],
  [/(^|[\s'"`(=])\/work\/|\/root\//m, 'names a path of one machine'],
  [/^(<{7}|>{7}) /m, 'a merge was left undone'],
];

export function checkTrackedFiles(): readonly string[] {
  return trackedFiles().flatMap((path) => {
    if (forbiddenPaths.test(path)) return [`${path}: made by a run, not by people`];
    const text = readFileSync(path, 'utf8');
    return forbiddenTexts.filter(([pattern]) => pattern.test(text)).map(([, why]) => `${path}: ${why}`);
  });
}
