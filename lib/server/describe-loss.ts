import { isDatabaseFull } from '#lib/db/database-away.ts';

/** What to say of each kind: `full` follows what is to be done, `away` says what Postgres does not do, `otherwise` what is done. */
export type LossWords = { readonly full: string; readonly away: string; readonly otherwise: string };

/** Why nothing is written just now, and what to do about it. */
export function describeLoss(error: unknown, { full, away, otherwise }: LossWords): string {
  return isDatabaseFull(error)
    ? `Postgres has no room left (${wordsOf(error)}): make room on its disk, ${full}`
    : `Postgres ${away} (${wordsOf(error)}): ${otherwise}`;
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ('code' in error ? String(error.code) : error.name);
}
