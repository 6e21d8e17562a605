import { isDatabaseAway } from '#lib/db/database-away.ts';
import { InputLockLost } from './follow-locks.ts';
import { AlreadyCommitted } from './ledger.ts';

// A standby that was asked before it was promoted.
const READ_ONLY = '25006';
// Of a name that is not known at this moment, too.
const passingCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', READ_ONLY]);

/** True for what waiting mends: Postgres is away, or somebody else was quicker. The rest is a fault of ours. */
export function isPassingFailure(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (error instanceof InputLockLost || error instanceof AlreadyCommitted) return true;
  if (isDatabaseAway(error)) return true;
  // A refusal: the database could not be opened again, and the message says why.
  return error.name === 'Refusal' || ('code' in error && passingCodes.has(String(error.code)));
}
