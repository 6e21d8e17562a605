import { type ChildProcess, spawn } from 'node:child_process';

const running = new Set<ChildProcess>();
let isStopped = false;

export type CommandResult = { readonly code: number; readonly output: string };

export type CommandOptions = {
  readonly env?: NodeJS.ProcessEnv;
  /** `keep` returns the output instead of showing it. */
  readonly output: 'show' | 'keep';
};

/** Runs a command in a process group of its own, so that it ends with all that it started. */
export function runCommand(
  command: string,
  args: readonly string[],
  { env = process.env, output }: CommandOptions,
): Promise<CommandResult> {
  if (isStopped) return Promise.reject(new Error('interrupted'));
  const stdio = output === 'show' ? 'inherit' : 'pipe';
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, detached: true, stdio: ['ignore', stdio, stdio] });
    const chunks: Buffer[] = [];
    running.add(child);
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    // What a command leaves behind in its group would outlive the gate.
    child.once('exit', () => signalGroup(child, 'SIGKILL'));
    child.once('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() });
    });
  });
}

/** Ends every command that still runs with what it started, and lets none begin. */
export function stopCommands(): void {
  isStopped = true;
  for (const child of running) signalGroup(child, 'SIGTERM');
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}
