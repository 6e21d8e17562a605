import { createHash, type Hash } from 'node:crypto';

/**
 * The hash of the bytes of a batch, taken while they pass. Where the batch ends is known only when its last
 * record is, so at the end of each chunk the state up to the last record is kept beside the running one.
 */
export type RangeHash = {
  /** The bytes at hand; positions from here on lie in them. */
  readonly begin: (chunk: Buffer) => void;
  /** After all records of the chunk: `boundary` is where the last one ended. */
  readonly end: (boundary: number) => void;
  /** The hash up to `position`, where the next range begins. */
  readonly cut: (position: number) => string;
  /** The next range begins at `position`; what was before it is of no interest. */
  readonly skipTo: (position: number) => void;
};

export function createRangeHash(): RangeHash {
  let chunk: Buffer = Buffer.alloc(0);
  let chunkFrom = 0;
  let hash: Hash | null = null;
  let hashedTo = 0;
  let boundary: Hash | null = null;
  // What follows the boundary, for a range that is cut there when more has passed already.
  let behind: Hash | null = null;

  function running(): Hash {
    hash ??= createHash('sha256');
    return hash;
  }

  function advance(position: number): void {
    if (position <= hashedTo) return;
    running().update(chunk.subarray(hashedTo - chunkFrom, position - chunkFrom));
    hashedTo = position;
  }

  function forgetBoundary(): void {
    boundary = null;
    behind = null;
  }

  function skipTo(position: number): void {
    hash = null;
    forgetBoundary();
    hashedTo = Math.max(position, chunkFrom);
  }

  return {
    begin: (next) => {
      chunkFrom += chunk.length;
      chunk = next;
    },
    end: (position) => {
      if (position >= hashedTo) {
        advance(position);
        boundary = running().copy();
        behind = createHash('sha256').update(chunk.subarray(position - chunkFrom));
      } else {
        behind?.update(chunk);
      }
      advance(chunkFrom + chunk.length);
    },
    cut: (position) => {
      if (position < hashedTo && boundary !== null) {
        const digest = boundary.digest('hex');
        hash = behind;
        forgetBoundary();
        return digest;
      }
      advance(position);
      const digest = running().digest('hex');
      skipTo(position);
      return digest;
    },
    skipTo,
  };
}
