import { hashOf } from './byte-stretches.ts';
import { createByteTable } from './byte-table.ts';

/**
 * Remembers what was made of stretches of lines, by their bytes. Logs say the same thing again and again, and
 * to see that a stretch was read before costs a tenth of reading it. At its limit it forgets what was not met
 * since it was there last.
 */
export type ByteMemo<V> = {
  /** The number that tells these bytes from all others; no number is given twice. 0 where they are not kept. */
  readonly find: (view: DataView, from: number, to: number) => number;
  /** What was made of the bytes of a number that was found just now; undefined where they were refused. */
  readonly value: (number: number) => V | undefined;
};

const LONGEST = 16 << 10;

/**
 * Keeps up to twice `mostBytes`. `make` must depend on the text alone; what is no UTF-8, more than a line or
 * holds an escape is refused.
 */
export function createByteMemo<V>(mostBytes: number, make: (text: string) => V | undefined): ByteMemo<V> {
  const textOf = createTextReader();
  let shelf = createShelf<V>();
  let older = createShelf<V>();
  let count = 0;

  function find(view: DataView, from: number, to: number): number {
    const hash = hashOf(view, from, to);
    const known = shelf.table.get(hash, view, from, to);
    if (known !== 0) return known;
    if (to - from > LONGEST) return 0;
    const met = older.table.get(hash, view, from, to);
    if (met !== 0) return keep(hash, view, from, to, met, older.values.get(met));
    count += 1;
    const text = textOf(new Uint8Array(view.buffer, view.byteOffset + from, to - from));
    return keep(hash, view, from, to, count, text === null ? undefined : make(text));
  }

  function keep(
    hash: number,
    view: DataView,
    from: number,
    to: number,
    number: number,
    value: V | undefined,
  ): number {
    if (shelf.table.size() + to - from > mostBytes) {
      [older, shelf] = [shelf, older];
      shelf.table.clear();
      shelf.values.clear();
    }
    if (!shelf.table.set(hash, view, from, to, number)) return 0;
    if (value !== undefined) shelf.values.set(number, value);
    return number;
  }

  return { find, value: (number) => shelf.values.get(number) ?? older.values.get(number) };
}

function createShelf<V>() {
  return { table: createByteTable(), values: new Map<number, V>() };
}

/** null for bytes that are no UTF-8 or more than a line, and for escapes, by which one thing is said in many ways. */
function createTextReader(): (bytes: Uint8Array) => string | null {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return (bytes) => {
    try {
      const text = decoder.decode(bytes);
      return /[\\\n]/.test(text) ? null : text;
    } catch {
      return null;
    }
  };
}
