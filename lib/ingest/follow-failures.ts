import { InputLockLost } from './follow-locks.ts';
import { AlreadyCommitted } from './ledger.ts';

// Connection trouble, too few resources, shutdown or start, a conflict with another transaction.
const passingClasses = ['08', '40', '53', '57'];
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
// A server that was promoted the other way round, for a moment.
const READ_ONLY = '25006';
// What pg says without a code.
const broken =
  /connection terminated|connection error|connection ended|timeout exceeded when trying to connect/i;

/** True for what waiting mends: Postgres is away, or somebody else was quicker. The rest is a fault of ours. */
export function isPassingFailure(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (error instanceof InputLockLost || error instanceof AlreadyCommitted) return true;
  const code = 'code' in error ? String(error.code) : '';
  if (unreachable.has(code) || code === READ_ONLY) return true;
  if (/^[0-9A-Z]{5}$/.test(code)) return passingClasses.includes(code.slice(0, 2));
  return error.name === 'Refusal' || broken.test(error.message);
}
