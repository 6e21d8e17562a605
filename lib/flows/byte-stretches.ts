/** Bytes that were seen in lines, to be compared with others without making text of either. */
export type Stretch = { readonly view: DataView; readonly at: number; readonly length: number };

export type Stretches = {
  /** The bytes of a text, once for each text. */
  readonly keep: (text: string) => Stretch;
  readonly bytes: () => number;
};

const BLOCK_BYTES = 256 << 10;

/** Keeps them in a few blocks: tens of thousands of small buffers would each cost more than they hold. */
export function createStretches(): Stretches {
  const known = new Map<string, Stretch>();
  const encoder = new TextEncoder();
  let block = new Uint8Array(0);
  let used = 0;
  let total = 0;

  function keep(text: string): Stretch {
    const hit = known.get(text);
    if (hit !== undefined) return hit;
    const bytes = encoder.encode(text);
    const { length } = bytes;
    if (used + length > block.length) {
      block = new Uint8Array(Math.max(BLOCK_BYTES, length));
      used = 0;
    }
    block.set(bytes, used);
    const stretch = { view: viewOf(block), at: used, length };
    used += length;
    total += length;
    known.set(text, stretch);
    return stretch;
  }

  return { keep, bytes: () => total };
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** True where these bytes stand there, all of them before the end of the view. */
export function standsAt(view: DataView, at: number, stretch: Stretch): boolean {
  return at + stretch.length <= view.byteLength && isSame(view, at, stretch.view, stretch.at, stretch.length);
}

/**
 * Eight bytes at a time: the fastest that there is for less than a kilobyte. As numbers with a fraction, which
 * every tier of V8 compares in place: whole ones of that size it makes objects of. Only zero is written in two
 * ways, and no line of JSON holds eight such bytes; bytes that are no number are equal to none, which costs
 * time and no answer.
 */
export function isSame(a: DataView, atA: number, b: DataView, atB: number, length: number): boolean {
  let index = 0;
  for (const last = length - 8; index <= last; index += 8) {
    if (a.getFloat64(atA + index, true) !== b.getFloat64(atB + index, true)) return false;
  }
  for (; index < length; index += 1) {
    if (a.getUint8(atA + index) !== b.getUint8(atB + index)) return false;
  }
  return true;
}
