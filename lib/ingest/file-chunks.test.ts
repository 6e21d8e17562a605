import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { decompressed } from './decompress.ts';
import { fileChunks } from './file-chunks.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'flowloom-chunks-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, bytes: Buffer): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

/** Each chunk is copied before the next one is asked for. */
async function read(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}

// No two pieces of it are alike, and packing makes little of it.
const bytes = Buffer.from(
  Array.from({ length: 400_000 }, (_, index) => (index * 2_654_435_761) >>> 0).join(),
);

it.each([0, 1, 524_287, 524_288, 524_289, 2_097_152, bytes.length])('reads %d bytes', async (length) => {
  const wanted = bytes.subarray(0, length);
  expect((await read(fileChunks(fileOf('plain', wanted)))).equals(wanted)).toBe(true);
});

it('reads a compressed file, however far ahead it is unpacked', async () => {
  const packed = gzipSync(bytes, { level: 1 });
  expect(packed.length).toBeGreaterThan(1 << 20);
  const unpacked = await read(decompressed(fileChunks(fileOf('packed.gz', packed))));
  expect(unpacked.equals(bytes)).toBe(true);
});

it('ends where its reader does', async () => {
  const file = fileOf('left', bytes);
  for await (const chunk of fileChunks(file)) {
    expect(chunk.equals(bytes.subarray(0, chunk.length))).toBe(true);
    break;
  }
});

it('says why it cannot read', async () => {
  await expect(read(fileChunks(folder))).rejects.toThrow('EISDIR');
  await expect(read(fileChunks(path.join(folder, 'none')))).rejects.toThrow('ENOENT');
});
