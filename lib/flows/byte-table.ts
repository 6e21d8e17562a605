import { isSame, viewOf } from './byte-stretches.ts';

/**
 * Numbers of byte strings. Everything lies in two typed arrays: a lookup that goes through an object for each
 * string waits for memory most of its time.
 */
export type ByteTable = {
  /** The number that was set for these bytes; 0 for none. `hash` is `hashOf` them. */
  readonly get: (hash: number, view: DataView, from: number, to: number) => number;
  /** False where so many others have nearly the same hash that somebody must have made them up. */
  readonly set: (hash: number, view: DataView, from: number, to: number, number: number) => boolean;
  /** How many bytes there are in all. */
  readonly size: () => number;
  readonly clear: () => void;
};

const FIRST_ROOM = 64 << 10;
const FIRST_SLOTS = 1024;
// Hash, place, length and number.
const SLOT = 4;
const MOST_TRIES = 64;

export function createByteTable(): ByteTable {
  let slots = new Int32Array(FIRST_SLOTS * SLOT);
  let mask = FIRST_SLOTS - 1;
  let count = 0;
  let room = new Uint8Array(FIRST_ROOM);
  let kept = viewOf(room);
  let used = 0;

  function get(hash: number, view: DataView, from: number, to: number): number {
    const length = to - from;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const slot = ((hash + tries) & mask) * SLOT;
      const number = slots[slot + 3] ?? 0;
      if (number === 0) return 0;
      if (slots[slot] === hash && slots[slot + 2] === length) {
        if (isSame(view, from, kept, slots[slot + 1] ?? 0, length)) return number;
      }
    }
    return 0;
  }

  function freeSlot(hash: number): number | null {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const slot = ((hash + tries) & mask) * SLOT;
      if (slots[slot + 3] === 0) return slot;
    }
    return null;
  }

  function set(hash: number, view: DataView, from: number, to: number, number: number): boolean {
    if (2 * count > mask) growSlots();
    const slot = freeSlot(hash);
    if (slot === null) return false;
    slots.set([hash, put(view, from, to), to - from, number], slot);
    count += 1;
    return true;
  }

  function growSlots(): void {
    const before = slots;
    slots = new Int32Array(2 * before.length);
    mask = 2 * mask + 1;
    for (let from = 0; from < before.length; from += SLOT) {
      if (before[from + 3] === 0) continue;
      const slot = freeSlot(before[from] ?? 0);
      // Without a place it is only forgotten.
      if (slot !== null) slots.set(before.subarray(from, from + SLOT), slot);
    }
  }

  /** Answers where they are. */
  function put(view: DataView, from: number, to: number): number {
    const at = used;
    used += to - from;
    if (used > room.length) {
      const larger = new Uint8Array(Math.max(2 * room.length, used));
      larger.set(room);
      room = larger;
      kept = viewOf(room);
    }
    room.set(new Uint8Array(view.buffer, view.byteOffset + from, to - from), at);
    return at;
  }

  function clear(): void {
    slots.fill(0);
    count = 0;
    used = 0;
  }

  return { get, set, size: () => used, clear };
}
