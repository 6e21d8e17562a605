import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { postgresBinaries } from './postgres-binaries.ts';
import { Refusal } from './refusal.ts';

/** Who Postgres runs as, and where it finds its programs and its data. */
export type PostgresAccount = {
  /** Holds the data folder, the password and the log. */
  readonly folder: string;
  readonly binaries: string;
  /** What a program is started through. */
  readonly prefix: readonly string[];
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
};

const systemUser = 'flowloom';
const systemFolder = '/var/lib/flowloom';
const unshare = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'] as const;

/**
 * Postgres refuses to run as root. Root becomes an ordinary user in a user namespace of its own, which
 * still may enter root's folders; where the kernel grants none (many containers), Postgres runs as a
 * system user, with programs and data where that user can reach them.
 */
export function choosePostgresAccount(home: string): PostgresAccount {
  const binaries = postgresBinaries();
  const plain: PostgresAccount = { folder: home, binaries: binaries.folder, prefix: [], owner: undefined };
  if (process.getuid?.() !== 0) return plain;
  const own = join(systemFolder, createHash('sha256').update(home).digest('hex').slice(0, 12));
  const canUnshare = succeeds(...unshare, join(binaries.folder, 'bin/postgres'), '--version');
  if (!existsSync(own) && canUnshare && succeeds(...unshare, 'test', '-w', home)) {
    return { ...plain, prefix: unshare };
  }
  const owner = provideSystemUser();
  mkdirSync(own, { recursive: true, mode: 0o755 });
  chownSync(own, owner.uid, owner.gid);
  return { folder: own, binaries: copyBinaries(binaries), prefix: [], owner };
}

function provideSystemUser(): { readonly uid: number; readonly gid: number } {
  if (idOf('-u') === null) {
    succeeds('useradd', '--system', '--user-group', '--no-create-home', '--shell', '/bin/false', systemUser);
  }
  const uid = idOf('-u');
  const gid = idOf('-g');
  if (uid !== null && gid !== null) return { uid, gid };
  throw new Refusal(
    'Postgres does not run as root, this machine grants no user namespaces, and no system user could be made. ' +
      `Run Flowloom as an ordinary user, or make the user "${systemUser}", or set DATABASE_URL.`,
  );
}

function idOf(which: '-u' | '-g'): number | null {
  const { status, stdout } = spawnSync('id', [which, systemUser], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : null;
}

function copyBinaries({ folder, version }: { readonly folder: string; readonly version: string }): string {
  const copy = join(systemFolder, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  // Renamed when it is whole: a copy that was broken off is never taken for one.
  const unfinished = `${copy}.${process.pid}`;
  cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
  renameSync(unfinished, copy);
  return copy;
}

function succeeds(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore', cwd: '/' }).status === 0;
}
