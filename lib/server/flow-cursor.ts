import type { FlowPosition } from '#lib/db/sql/single-flows.ts';
import { err, ok, type Result } from '#lib/kit/result.ts';

const writtenCursor = /^([0-9a-z]{1,10})\.([0-9a-f]{32})\.([0-9a-z]{1,8})$/;

/** The end of a page as text: a time that was shown, a hash of what was shown, and how many alike. */
export function flowCursor({ atMs, key, seen }: FlowPosition): string {
  return Buffer.from(`${atMs.toString(36)}.${key}.${seen.toString(36)}`).toString('base64url');
}

/** Reads the `next` of a page. */
export function parseFlowCursor(text: string): Result<FlowPosition, string> {
  const [, at, key, seen] = writtenCursor.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (at === undefined || key === undefined || seen === undefined) {
    return err('take "next" of the page before, as it is');
  }
  const position = { atMs: Number.parseInt(at, 36), key, seen: Number.parseInt(seen, 36) };
  // The ends of time as Postgres knows it are far outside of this.
  return position.atMs < 8e14 && position.seen < 2 ** 31
    ? ok(position)
    : err('take "next" of the page before');
}
