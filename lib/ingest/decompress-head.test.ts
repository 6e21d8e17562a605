import zlib from 'node:zlib';
import { expect, it } from 'vitest';

import { decompressed } from './decompress.ts';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  yield Buffer.alloc(0);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

it.each([1, 2, 3, 5])('tells the encoding from a body that comes in pieces of %d bytes', async (size) => {
  const text = '{"a":1}\n';
  for (const packed of [Buffer.from(text), zlib.gzipSync(text)]) {
    const parts = await Array.fromAsync(decompressed(inPieces(packed, size)));
    expect(Buffer.concat(parts).toString()).toBe(text);
  }
});

it.each(['', '\x1f', '(\xb5'])('takes %j, which is shorter than any mark, as it is', async (text) => {
  const bytes = Buffer.from(text, 'latin1');
  const parts = await Array.fromAsync(decompressed(inPieces(bytes, 1)));
  expect(Buffer.concat(parts)).toEqual(bytes);
});
