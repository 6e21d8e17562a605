/**
 * The beginning of a record whose end has not come yet. It grows by doubling, so that a record that
 * comes byte by byte is not copied with every byte, and its room is used again for the next one.
 */
export type GrowingBuffer = {
  readonly length: () => number;
  readonly add: (bytes: Buffer) => void;
  /** What was added since the last `clear`; good until the next change. */
  readonly bytes: () => Buffer;
  readonly clear: () => void;
};

// Longer than nearly every record.
const FIRST_ROOM = 16 << 10;

export function createGrowingBuffer(): GrowingBuffer {
  let room: Buffer = Buffer.allocUnsafeSlow(FIRST_ROOM);
  let held = 0;

  function add(bytes: Buffer): void {
    const length = held + bytes.length;
    if (length > room.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, 2 * room.length));
      room.copy(larger, 0, 0, held);
      room = larger;
    }
    bytes.copy(room, held);
    held = length;
  }

  function clear(): void {
    held = 0;
  }

  return { length: () => held, add, bytes: () => room.subarray(0, held), clear };
}
