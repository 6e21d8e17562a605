import type { Id } from './id63.ts';

const OID = { int2: 21, int4: 23, int8: 20 } as const;
// Dimensions, whether there are nulls, the type of an element, the length and where counting begins.
const HEAD_BYTES = 20;
const TWO_32 = 4_294_967_296;

/** The text form of a Postgres array of numbers, timestamps or null, which needs no quoting. */
export function plainArray<T>(items: Iterable<T>, field: (item: T) => string | number | null): string {
  const parts: (string | number)[] = [];
  for (const item of items) parts.push(field(item) ?? 'NULL');
  return `{${parts.join(',')}}`;
}

/**
 * Whole numbers in the binary form of an array (array_recv in the sources of Postgres), which costs neither side
 * a text of each. The parameter must be cast to the array of just this type.
 */
export function int2Array<T>(items: readonly T[], field: (item: T) => number): Buffer {
  return arrayOf(items, OID.int2, 2, (view, at, item) => view.setInt16(at, field(item)));
}

export function int4Array<T>(items: readonly T[], field: (item: T) => number): Buffer {
  return arrayOf(items, OID.int4, 4, (view, at, item) => view.setInt32(at, field(item)));
}

export function int8Array<T>(items: readonly T[], field: (item: T) => number): Buffer {
  return arrayOf(items, OID.int8, 8, (view, at, item) => {
    const value = field(item);
    view.setInt32(at, Math.floor(value / TWO_32));
    view.setInt32(at + 4, value >>> 0);
  });
}

/** Ids as bigints. */
export function idArray<T>(items: readonly T[], field: (item: T) => Pick<Id, 'hi' | 'lo'>): Buffer {
  return arrayOf(items, OID.int8, 8, (view, at, item) => {
    const { hi, lo } = field(item);
    view.setInt32(at, hi);
    view.setInt32(at + 4, lo);
  });
}

function arrayOf<T>(
  items: readonly T[],
  oid: number,
  width: number,
  write: (view: DataView, at: number, item: T) => void,
): Buffer {
  const buffer = Buffer.alloc(HEAD_BYTES + items.length * (4 + width));
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  view.setInt32(0, 1);
  view.setInt32(8, oid);
  view.setInt32(12, items.length);
  view.setInt32(16, 1);
  let at = HEAD_BYTES;
  for (const item of items) {
    view.setInt32(at, width);
    write(view, at + 4, item);
    at += 4 + width;
  }
  return buffer;
}
