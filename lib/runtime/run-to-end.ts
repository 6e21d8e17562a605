import { spawn } from 'node:child_process';
import { projectRoot } from './project-root.ts';
import { Refusal } from './refusal.ts';
import { watchChild } from './watched-child.ts';

/** Runs a script of this Node to its end, quietly: what it printed is shown where it fails. */
export async function runToEnd(what: string, args: readonly string[], stop: AbortSignal): Promise<void> {
  stop.throwIfAborted();
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const watched = await watchChild(child, { reach: 'group', ladder: [{ signal: 'SIGKILL', graceMs: 0 }] });
  const onAbort = (): void => void watched.stop();
  stop.addEventListener('abort', onAbort, { once: true });
  const end = await watched.ended;
  stop.removeEventListener('abort', onAbort);
  stop.throwIfAborted();
  if (end !== 'code 0') throw new Refusal(`${what} (${end}):\n${Buffer.concat(output)}`);
}
