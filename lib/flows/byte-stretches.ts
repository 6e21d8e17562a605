/** Bytes that were seen in lines, to be compared with others without making text of either. */
export type Stretch = { readonly view: DataView; readonly at: number; readonly length: number };

const BLOCK_BYTES = 64 << 10;

/** Keeps bytes of texts in a few blocks: tens of thousands of small buffers would each cost more than they hold. */
export function createStretches(): (text: string) => Stretch {
  const encoder = new TextEncoder();
  let block = new Uint8Array(0);
  let view = viewOf(block);
  let used = 0;

  return (text) => {
    // No letter takes more than three bytes.
    if (used + 3 * text.length > block.length) {
      block = new Uint8Array(Math.max(BLOCK_BYTES, 3 * text.length));
      view = viewOf(block);
      used = 0;
    }
    const { written } = encoder.encodeInto(text, block.subarray(used));
    const stretch = { view, at: used, length: written };
    used += written;
    return stretch;
  };
}

/** The bytes of one text. */
export function stretchOf(text: string): Stretch {
  const bytes = new TextEncoder().encode(text);
  return { view: viewOf(bytes), at: 0, length: bytes.length };
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
