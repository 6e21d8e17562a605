import { Readable } from 'node:stream';
import { format } from 'node:util';
import { main } from '#lib/cli/main.ts';

export type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

export type Surroundings = {
  readonly env: Readonly<Record<string, string>>;
  /** Standard input, which ends behind it. */
  readonly input?: string;
};

/**
 * Runs one command as the shell would, but in this process: one of its own costs most of a second. One after
 * the other, since environment and output belong to the process.
 */
export async function runCommand(args: readonly string[], { env, input = '' }: Surroundings): Promise<Ended> {
  const before = { env: process.env, stdin: Object.getOwnPropertyDescriptor(process, 'stdin') };
  const { write: writeOut } = process.stdout;
  const { write: writeErr } = process.stderr;
  const { log, error } = console;
  let stdout = '';
  let stderr = '';
  const toOut = (...parts: readonly unknown[]): true => {
    stdout += String(parts[0]);
    return true;
  };
  const toErr = (...parts: readonly unknown[]): true => {
    stderr += String(parts[0]);
    return true;
  };
  try {
    process.env = { ...before.env, ...env };
    Object.defineProperty(process, 'stdin', { value: Readable.from([input]), configurable: true });
    process.stdout.write = toOut;
    process.stderr.write = toErr;
    console.log = (...parts: readonly unknown[]) => toOut(`${format(...parts)}\n`);
    console.error = (...parts: readonly unknown[]) => toErr(`${format(...parts)}\n`);
    const code = await main(args);
    return { code, stdout, stderr };
  } finally {
    process.env = before.env;
    if (before.stdin !== undefined) Object.defineProperty(process, 'stdin', before.stdin);
    process.stdout.write = writeOut;
    process.stderr.write = writeErr;
    Object.assign(console, { log, error });
    // A command tells the shell by it that its answer is no, and listens for a reader that goes away.
    process.exitCode = undefined;
    process.stdout.removeAllListeners('error');
  }
}
