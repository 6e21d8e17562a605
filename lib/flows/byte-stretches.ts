/** Bytes of a constant text, to be compared with others without making text of them. */
export type Stretch = { readonly view: DataView; readonly length: number };

export function stretchOf(text: string): Stretch {
  const bytes = new TextEncoder().encode(text);
  return { view: viewOf(bytes), length: bytes.length };
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** True where these bytes stand there, all of them before the end of the view. */
export function standsAt(view: DataView, at: number, stretch: Stretch): boolean {
  return at + stretch.length <= view.byteLength && isSame(view, at, stretch.view, 0, stretch.length);
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

/** 32 bits over bytes, in two lanes that do not wait for each other. Good for finding; what is found is compared. */
export function hashOf(view: DataView, from: number, to: number): number {
  let a = to - from;
  let b = 0x27d4eb2f;
  let at = from;
  for (const last = to - 8; at <= last; at += 8) {
    a = Math.imul(a ^ view.getInt32(at, true), 0x5bd1e995);
    a ^= a >>> 15;
    b = Math.imul(b ^ view.getInt32(at + 4, true), 0x2c1b3c6d);
    b ^= b >>> 13;
  }
  for (; at < to; at += 1) b = Math.imul(b ^ view.getUint8(at), 0x01000193);
  return Math.imul(a ^ (b >>> 16), 0x85ebca6b) ^ b;
}
