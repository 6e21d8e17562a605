import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { readKeeperAddress } from './keeper-address.ts';
import { farewell, keeperAnswerSchema } from './keeper-answer.ts';
import { Refusal } from './refusal.ts';

/** The right to use the embedded database, until this process leaves or ends. */
export type Membership = {
  readonly ownerUrl: string;
  /** Settles when the keeper has gone, and Postgres with it. */
  readonly ended: Promise<void>;
  /** Postgres stops some seconds after the last one has left. */
  readonly leave: () => void;
  /** Leaves; where this was the last one, waits until Postgres has stopped. */
  readonly leaveAndWait: () => Promise<void>;
};

const patienceMs = 90_000;
// A keeper that ends just now still holds its lock for a moment: another is sent after it.
const nextKeeperMs = 500;
const farewellMs = 9_000;

/** Joins the users of the embedded database of a folder; the first one starts it. */
export async function joinKeeper(home: string): Promise<Membership> {
  const giveUpAt = Date.now() + patienceMs;
  let keeperSentAt = 0;
  while (Date.now() < giveUpAt) {
    const membership = await knock(home);
    if (membership) return membership;
    if (Date.now() - keeperSentAt > nextKeeperMs) {
      sendKeeper(home);
      keeperSentAt = Date.now();
    }
    await pause(25);
  }
  throw new Refusal(
    `The embedded Postgres did not answer within ${patienceMs / 1000} s; see ${join(home, 'keeper.log')}.`,
  );
}

/** Null where nobody is at home. */
async function knock(home: string): Promise<Membership | null> {
  const address = readKeeperAddress(home);
  if (!address) return null;
  const socket = connect(address.port, '127.0.0.1');
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => undefined);
  socket.write(`${address.secret}\n`);
  const line = await Promise.race([firstLine(socket), ended.then(() => null)]);
  // The port of a keeper that was killed may meanwhile be another program's.
  const answer = line === null ? null : keeperAnswerSchema.safeParse(parseJson(line));
  if (!answer?.success) {
    socket.destroy();
    return null;
  }
  if (answer.data.status === 'refused') {
    socket.destroy();
    throw new Refusal(answer.data.message);
  }
  return {
    ownerUrl: answer.data.url,
    ended,
    leave: () => void socket.destroy(),
    leaveAndWait: async () => {
      socket.write(`${farewell}\n`);
      await Promise.race([ended, pause(farewellMs, undefined, { ref: false })]);
      socket.destroy();
    },
  };
}

async function firstLine(socket: Socket): Promise<string> {
  const lines = createInterface(socket);
  // A keeper that ends resets the connection, and the reader of lines passes that on.
  lines.on('error', () => undefined);
  const [line] = await once(lines, 'line', {
    // Longer than any start: only a program that is no keeper stays silent.
    signal: AbortSignal.timeout(patienceMs),
  }).catch(() => ['']);
  return String(line);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function sendKeeper(home: string): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const log = openSync(join(home, 'keeper.log'), 'a', 0o600);
  const script = join(import.meta.dirname, 'keeper.ts');
  const args = ['--disable-warning=ExperimentalWarning', script, home];
  // In a session of its own: Ctrl-C in the terminal of one member must not end it for the others.
  spawn(process.execPath, args, { detached: true, stdio: ['ignore', log, log], cwd: '/' }).unref();
  closeSync(log);
}
