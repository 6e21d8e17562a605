import { randomBytes } from 'node:crypto';
import zlib from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asHttpDoes, BrokenCompression, decompressed } from './decompress.ts';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function plain(bytes: Buffer, size = bytes.length, limits = asHttpDoes): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of decompressed(inPieces(bytes, size), limits)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

const pack = {
  identity: (text: string) => Buffer.from(text),
  gzip: (text: string) => zlib.gzipSync(text),
  zstd: (text: string) => zlib.zstdCompressSync(text),
};

it.each(['gzip', 'zstd'] as const)(
  'reads %s parts that follow one another, however they are cut',
  async (encoding) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ minLength: 1, maxLength: 3_000 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 6, max: 500 }),
        async (texts, size) => {
          const packed = Buffer.concat(texts.map(pack[encoding]));
          expect(await plain(packed, size)).toBe(texts.join(''));
          expect(await plain(packed)).toBe(texts.join(''));
        },
      ),
      { numRuns: 50 },
    );
  },
);

it.each(['gzip', 'zstd'] as const)('says when %s is cut off or damaged', async (encoding) => {
  const packed = pack[encoding](randomBytes(50_000).toString('hex'));
  await expect(plain(packed.subarray(0, packed.length / 2), 1_000)).rejects.toThrow(BrokenCompression);
  await expect(plain(Buffer.concat([packed, packed.subarray(0, 900)]))).rejects.toThrow(BrokenCompression);
  const damaged = Buffer.from(packed);
  damaged.fill(0xff, 30, 60);
  await expect(plain(damaged)).rejects.toThrow(BrokenCompression);
});

it('passes on why its input breaks off', async () => {
  async function* breaking(): AsyncGenerator<Buffer> {
    yield pack.zstd('hello').subarray(0, 8);
    throw new Error('the client has gone');
  }
  await expect(Array.fromAsync(decompressed(breaking()))).rejects.toThrow('the client has gone');
});

it('refuses zstd that asks for more memory than a body may, and reads it from a file', async () => {
  const { ZSTD_c_windowLog: windowLog } = zlib.constants;
  const encoder = zlib.createZstdCompress({ params: { [windowLog]: 25 } });
  encoder.end(Buffer.alloc(100, 'a'));
  const packed = Buffer.concat(await encoder.toArray());
  await expect(plain(packed)).rejects.toThrow(BrokenCompression);
  expect(await plain(packed, 50, { largestWindowLog: 27 })).toBe('a'.repeat(100));
});

it('unpacks no more than is asked for', async () => {
  const bomb = zlib.zstdCompressSync(Buffer.alloc(64 << 20));
  let bytes = 0;
  for await (const part of decompressed(inPieces(bomb, bomb.length))) {
    bytes += part.length;
    if (bytes > 1 << 20) break;
  }
  expect(bytes).toBeLessThan(4 << 20);
});

it.each(['gzip', 'zstd'] as const)(
  'hands out all before the damage of %s to whoever takes his time',
  async (encoding) => {
    const plain = 'a line that comes again\n'.repeat(60_000);
    const packed = pack[encoding](plain);
    async function* damaged(): AsyncGenerator<Buffer> {
      yield Buffer.concat([packed, packed.subarray(0, 12)]);
    }
    let taken = 0;
    const take = async () => {
      for await (const chunk of decompressed(damaged())) {
        taken += chunk.length;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await expect(take()).rejects.toThrow(BrokenCompression);
    expect(taken).toBeGreaterThanOrEqual(plain.length);
  },
);
