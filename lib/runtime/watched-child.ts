import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Signals in the order in which they are tried, each with the time it has before the next. */
export type Ladder = readonly { readonly signal: NodeJS.Signals; readonly graceMs: number }[];

/** A child that does not outlive this process. */
export type WatchedChild = {
  readonly pid: number;
  /** Settles with what the child ended by; never rejects. */
  readonly ended: Promise<string>;
  /** Ends it and waits until it has gone. */
  readonly stop: () => Promise<void>;
};

/**
 * Watches a child that was just spawned. `group`: the signals go to its whole process group, for which
 * it must have been spawned detached.
 */
export async function watchChild(
  child: ChildProcess,
  { reach, ladder }: { readonly reach: 'process' | 'group'; readonly ladder: Ladder },
): Promise<WatchedChild> {
  if (child.pid === undefined) await once(child, 'spawn');
  const pid = child.pid ?? Number.NaN;
  const target = reach === 'group' ? -pid : pid;
  const release = startWatchdog(target, ladder);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      // A group may outlive its leader: Next's workers do when Next is killed.
      if (reach === 'group') send(target, 'SIGKILL');
      release();
      resolve(signal ?? `code ${code}`);
    });
  });
  return { pid, ended, stop: () => climb(target, ladder, ended) };
}

async function climb(target: number, ladder: Ladder, ended: Promise<unknown>): Promise<void> {
  for (const { signal, graceMs } of ladder) {
    if (!send(target, signal)) break;
    const timer = new AbortController();
    const isOver = await Promise.race([
      ended.then(() => true),
      pause(graceMs, false, { signal: timer.signal }).catch(() => false),
    ]);
    timer.abort();
    if (isOver) return;
  }
  await ended;
}

/** Keeps a watchdog beside the target, a new one where somebody killed it; answers how to dismiss it. */
function startWatchdog(target: number, ladder: Ladder): () => void {
  let dismissed = false;
  let dismiss: () => void = () => undefined;
  const begin = (): void => {
    const script = join(import.meta.dirname, 'watchdog.ts');
    const dog = spawn(process.execPath, [script, String(target), JSON.stringify(ladder)], {
      // In a session of its own: what ends this process by its terminal or group must not end it too.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      cwd: '/',
    });
    dog.unref();
    dog.stdin.on('error', () => undefined);
    dismiss = () => dog.stdin.end('released\n');
    dog.once('exit', () => {
      if (!dismissed) begin();
    });
  };
  begin();
  return () => {
    dismissed = true;
    dismiss();
  };
}

export function send(target: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(target, signal);
  } catch {
    return false;
  }
}
