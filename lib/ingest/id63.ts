import { hash } from 'node:crypto';

/**
 * A 63-bit id in two halves, since a bigint costs ten times as much to write into a row of COPY.
 * `text` is the decimal number that Postgres speaks.
 */
export type Id = { readonly hi: number; readonly lo: number; readonly text: string };

/** Where there is nothing to name: an end without a namespace, a direction without hits. */
export const noId: Id = { hi: 0, lo: 0, text: '0' };

/** The id of a natural key: the first 63 bits of the SHA-256 of its parts, the table's name first. */
export function idOf(table: string, ...parts: readonly (string | number)[]): Id {
  const digest = hash('sha256', [table, ...parts].join('\0'), 'buffer');
  return idFrom(digest.readUInt32BE(0) & 0x7fffffff, digest.readUInt32BE(4));
}

export function idFrom(hi: number, lo: number): Id {
  return { hi, lo, text: textOf(hi, lo) };
}

function textOf(hi: number, lo: number): string {
  return ((BigInt(hi) << 32n) | BigInt(lo)).toString();
}

export function parseId(text: string): Id {
  const value = BigInt(text);
  return { hi: Number(value >> 32n), lo: Number(value & 0xffffffffn), text };
}

/** Orders ids as numbers, which is the order in which every writer takes its rows. */
export function compareIds(a: Pick<Id, 'hi' | 'lo'>, b: Pick<Id, 'hi' | 'lo'>): number {
  return a.hi - b.hi || a.lo - b.lo;
}
