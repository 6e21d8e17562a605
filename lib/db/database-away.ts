/** Postgres took a question and says nothing: it is stopped, its disk hangs, or the network swallows. */
export class DatabaseStalled extends Error {
  readonly code = 'DATABASE_STALLED';
}

// What Node says of a connection, and SQLSTATE classes: connection lost (08), shut down or starting (57P),
// no disk, memory or connection left (53), a lock or statement that took too long, an input/output error. A
// COPY whose connection ends is a stream that was cut off.
const awayCodes =
  /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ERR_STREAM_(PREMATURE_CLOSE|DESTROYED)$|DATABASE_STALLED|08|53|57P0|57014|55P03|40001|40P01|58030)/;
// What pg says without a code, also of a connection that ended between two questions. A partition that went
// while rows came into it is made again with the next attempt.
const awayMessages =
  /timeout expired|timeout exceeded when trying to connect|Connection terminated|connection error|connection ended|not queryable|no partition of relation/i;

/** True where the same statement may well succeed later, with nothing changed here. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return awayCodes.test(codeOf(error)) || awayMessages.test(error.message);
}

// SQLSTATE disk_full.
const DISK_FULL = '53100';

/** Postgres has stopped, or does not start, since its disk is full. */
export class DatabaseFull extends Error {
  readonly code = DISK_FULL;
}

/** True where Postgres has no room left, which somebody has to do something about. */
export function isDatabaseFull(error: unknown): boolean {
  return error instanceof Error && codeOf(error) === DISK_FULL;
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
