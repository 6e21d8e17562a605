import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** A process of this machine, from /proc. */
export type Running = { readonly pid: number; readonly parent: number; readonly command: string };

/** Everything that belongs to a folder: what names it, the watchdogs beside that, and their children. */
export function processesOf(folder: string): readonly Running[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess);
  const named = all.filter(({ command }) => command.includes(folder));
  const pids = new Set(named.map(({ pid }) => pid));
  const watches = ({ command }: Running): boolean => {
    const target = /watchdog\.ts -?(\d+)/.exec(command)?.[1];
    return target !== undefined && pids.has(Number(target));
  };
  return all.filter((running) => pids.has(running.pid) || pids.has(running.parent) || watches(running));
}

/** The one whose command contains the text. */
export function processOf(folder: string, text: string): Running {
  const found = processesOf(folder).find(({ command }) => command.includes(text));
  if (!found) throw new Error(`nothing of ${folder} runs ${text}`);
  return found;
}

/** One that ended since it was found, by the end of another, is none that could be missed. */
export function send(name: NodeJS.Signals, ...processes: readonly Running[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, name);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

export function kill(...processes: readonly Running[]): void {
  send('SIGKILL', ...processes);
}

function isAlive({ pid }: Running): boolean {
  return readProcess(String(pid)).length > 0;
}

/** Waits until a condition holds; says what it waited for when that takes longer than `limitMs`. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  limitMs = 20_000,
): Promise<void> {
  for (const giveUpAt = Date.now() + limitMs; !(await holds()); await pause(25)) {
    if (Date.now() > giveUpAt) throw new Error(`waited ${limitMs / 1000} s in vain: ${what}`);
  }
}

/** Waits until none of these runs any more. */
export function untilGone(processes: readonly Running[], limitMs?: number): Promise<void> {
  const left = (): readonly string[] => processes.filter(isAlive).map(({ command }) => command);
  return until(`end of ${left().join(', ')}`, () => left().length === 0, limitMs);
}

/** None where it has ended; a zombie has. */
function readProcess(pid: string): readonly Running[] {
  try {
    const [, state = '', parent = ''] = /\) (\S) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return state === 'Z' || state === 'X' ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  } catch {
    return [];
  }
}
