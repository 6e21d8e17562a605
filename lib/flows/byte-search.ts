/** Where a text of few letters begins in bytes, at or behind `from` and wholly before `to`; -1 for nowhere. */
export type ByteSearch = (bytes: Uint8Array, from: number, to: number) => number;

/** Boyer, Moore and Horspool: looks at one byte in so many as the text has, mostly. */
export function createByteSearch(text: string): ByteSearch {
  const wanted = new TextEncoder().encode(text);
  const last = wanted.length - 1;
  const shifts = new Uint8Array(256).fill(wanted.length);
  for (let index = 0; index < last; index += 1) shifts[wanted[index] ?? 0] = last - index;

  return (bytes, from, to) => {
    const end = Math.min(to, bytes.length);
    for (let at = from + last; at < end; ) {
      let index = last;
      while (index >= 0 && bytes[at - last + index] === wanted[index]) index -= 1;
      if (index < 0) return at - last;
      at += shifts[bytes[at] ?? 0] ?? 1;
    }
    return -1;
  };
}
