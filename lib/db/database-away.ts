import { Socket } from 'node:net';
import pg from 'pg';

/** Postgres took a question and says nothing: it is stopped, its disk hangs, or the network swallows. */
class DatabaseStalled extends Error {
  readonly code = 'DATABASE_STALLED';
}

// What Node says of a connection, and SQLSTATE classes: connection lost (08), shut down or starting (57P),
// no disk, memory or connection left (53), a lock or statement that took too long, an input/output error.
const awayCodes =
  /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|DATABASE_STALLED|08|53|57P0|57014|55P03|40001|40P01|58030)/;
const awayMessages = /timeout expired|timeout exceeded when trying to connect|Connection terminated/;

/** True where the same statement may well succeed later, with nothing changed here. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return awayCodes.test(codeOf(error)) || awayMessages.test(error.message);
}

/** True where Postgres has no room left, which somebody has to do something about. */
export function isDatabaseFull(error: unknown): boolean {
  return error instanceof Error && codeOf(error) === '53100';
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}

/**
 * Does `work` with a connection that is cut when nothing came or went over it for `quietMs`. Only the end
 * of the socket tells: a stopped Postgres takes questions without a word for as long as one waits.
 */
export async function withoutStall<T>(
  client: pg.ClientBase,
  quietMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const socket = client instanceof pg.Client ? client.connection.stream : null;
  if (!(socket instanceof Socket)) return await work();
  const cut = (): void => {
    socket.destroy(new DatabaseStalled(`Postgres said nothing for ${quietMs / 1000} s`));
  };
  socket.setTimeout(quietMs, cut);
  try {
    return await work();
  } finally {
    socket.setTimeout(0, cut);
    socket.off('timeout', cut);
  }
}
