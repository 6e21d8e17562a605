import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { send } from './watched-child.ts';

const waysToStop = ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const;
const graceMs = 5_000;

/**
 * Ends a Postgres that nobody owns any more and removes the file that would keep the next one out. The
 * number in that file may meanwhile belong to another program: only a Postgres of this folder is ended.
 */
export async function removeStalePostmaster(dataFolder: string): Promise<void> {
  const file = join(dataFolder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
  for (const signal of waysToStop) {
    const giveUpAt = Date.now() + graceMs;
    if (!isPostgresOf(pid, dataFolder)) break;
    send(pid, signal);
    while (isPostgresOf(pid, dataFolder) && Date.now() < giveUpAt) await pause(50);
  }
  rmSync(file, { force: true });
}

function isPostgresOf(pid: number, dataFolder: string): boolean {
  return Number.isInteger(pid) && pid > 1 && commandLine(pid).includes(dataFolder);
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    if (process.platform === 'linux') return '';
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  }
}
