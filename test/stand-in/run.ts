import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { kill, processesOf, until } from '../processes.ts';

/** A stand-in that runs, and what it has printed so far. */
export type StandIn = {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Settles with the exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
};

/** Starts `supervised.ts` or `command.ts` of this folder with a home. */
export function runStandIn(
  name: 'supervised' | 'command',
  home: string,
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly uid?: number;
    readonly gid?: number;
  } = {},
): StandIn {
  const { DATABASE_URL: _unused, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(import.meta.dirname, `${name}.ts`), home], {
    ...options,
    env: { ...inherited, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => lines.push(line));
  }
  const ended = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null));
  return { child, output: () => lines.join('\n'), ended };
}

/** Waits until it has printed a text. */
export async function untilPrinted(standIn: StandIn, text: string): Promise<void> {
  await until(
    `"${text}" in:\n${standIn.output()}`,
    () => {
      if (standIn.output().includes(text)) return true;
      if (standIn.child.exitCode !== null) throw new Error(`ended before "${text}":\n${standIn.output()}`);
      return false;
    },
    60_000,
  );
}

/** Ends whatever a test has left of a folder. */
export async function clear(home: string): Promise<void> {
  await until(`end of everything in ${home}`, () => {
    const left = processesOf(home);
    kill(...left);
    return left.length === 0;
  });
}
