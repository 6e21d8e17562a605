import { hashOf } from '#lib/flows/byte-stretches.ts';
import { createByteTable } from '#lib/flows/byte-table.ts';
import type { FlowRecord } from '#lib/flows/flow-record.ts';
import type { Pattern } from '#lib/flows/known-lines.ts';
import type { HubbleLine } from './hubble-line.ts';

/** What was made of a line, for all that have the same stretches. */
export type KnownPattern = {
  readonly like: Pattern;
  /** The packet went from the server to the client. */
  readonly isSwapped: boolean;
};

export type KnownPatterns = {
  readonly find: (line: HubbleLine) => KnownPattern | null;
  readonly learn: (line: HubbleLine, record: FlowRecord) => void;
};

// A pattern is half a kilobyte with its record, and as much again where batches know it: some 50 MB in all, since
// what was met before this many were learned is kept for as long again.
const MOST_PATTERNS = 30_000;
const KEY_BYTES = 20;

/** Remembers lines by their stretches. At its limit it forgets those that were not met since it was there last. */
export function createKnownPatterns(): KnownPatterns {
  const key = new DataView(new ArrayBuffer(KEY_BYTES));
  let shelf = createShelf();
  let older = createShelf();

  function find(line: HubbleLine): KnownPattern | null {
    const hash = hashOfKey(line);
    const known = lookUp(shelf, hash);
    if (known !== null) return known;
    const met = lookUp(older, hash);
    if (met !== null) keep(hash, met);
    return met;
  }

  function keep(hash: number, pattern: KnownPattern): void {
    if (shelf.patterns.length >= MOST_PATTERNS) {
      [older, shelf] = [shelf, older];
      shelf.table.clear();
      shelf.patterns = [];
    }
    if (shelf.table.set(hash, key, 0, KEY_BYTES, shelf.patterns.length + 1)) shelf.patterns.push(pattern);
  }

  function lookUp({ table, patterns }: Shelf, hash: number): KnownPattern | null {
    return patterns[table.get(hash, key, 0, KEY_BYTES) - 1] ?? null;
  }

  /** Leaves the line's key to be looked up. */
  function hashOfKey({ head, flags, source, destination, tail }: HubbleLine): number {
    key.setInt32(0, head, true);
    key.setInt32(4, tail, true);
    key.setInt32(8, source, true);
    key.setInt32(12, destination, true);
    key.setInt32(16, flags, true);
    return hashOf(key, 0, KEY_BYTES);
  }

  return {
    find,
    learn: (line, record) => {
      const isSwapped = record.client.port === line.destinationPort;
      keep(hashOfKey(line), { like: { record, memo: null }, isSwapped });
    },
  };
}

type Shelf = ReturnType<typeof createShelf>;

function createShelf() {
  return { table: createByteTable(), patterns: [] as KnownPattern[] };
}
