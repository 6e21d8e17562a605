import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PostgresAccount } from './postgres-account.ts';
import { postgresMajor } from './postgres-binaries.ts';
import { Refusal } from './refusal.ts';

/** A data folder that Postgres can be started on, and the password of its one login. */
export type PostgresData = { readonly folder: string; readonly password: string };

export const loginName = 'flowloom';

/** Makes the data folder where there is none; refuses one of another major version. */
export function preparePostgresData(
  account: PostgresAccount,
  { isThrowaway }: { readonly isThrowaway: boolean },
): PostgresData {
  const folder = join(account.folder, 'postgres');
  const passwordFile = join(account.folder, 'postgres.password');
  const versionFile = join(folder, 'PG_VERSION');
  if (!existsSync(versionFile)) initialise(account, folder, passwordFile, isThrowaway ? ['--no-sync'] : []);
  const major = readFileSync(versionFile, 'utf8').trim();
  if (major !== postgresMajor) {
    throw new Refusal(
      `The database in ${folder} is of Postgres ${major}; this Flowloom runs Postgres ${postgresMajor}. ` +
        'Start the Flowloom that made it, or set FLOWLOOM_HOME to another folder and ingest again, ' +
        `or move the data over with pg_dump and pg_restore of Postgres ${major} and ${postgresMajor}.`,
    );
  }
  return { folder, password: readFileSync(passwordFile, 'utf8').trim() };
}

function initialise(
  account: PostgresAccount,
  folder: string,
  passwordFile: string,
  options: readonly string[],
): void {
  // What an interrupted start left is no database yet: the folder gets its name when it is whole.
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(account.folder, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  if (account.owner) chownSync(passwordFile, account.owner.uid, account.owner.gid);
  const [command = '', ...args] = [
    ...account.prefix,
    join(account.binaries, 'bin/initdb'),
    `--pgdata=${unfinished}`,
    `--username=${loginName}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Postgres's own: the same order on every machine, and no locale of the system is needed.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    ...options,
  ];
  const made = spawnSync(command, args, { encoding: 'utf8', cwd: account.folder, ...account.owner });
  if (made.status !== 0) {
    const reason = made.error?.message ?? made.stderr.trim();
    throw new Refusal(`No database could be made in ${folder}:\n${reason}`);
  }
  renameSync(unfinished, folder);
}
