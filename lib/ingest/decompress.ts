import { pipeline, Readable } from 'node:stream';
import zlib from 'node:zlib';

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

export type Encoding = 'identity' | 'gzip' | 'zstd';

/** The compressed input broke off or is damaged; what came before it was handed out. */
export class BrokenCompression extends Error {}

/** This Node has no zstd (it came with 22.15). */
export class UnsupportedEncoding extends Error {}

function encodingOf(head: Buffer): Encoding {
  if (head.subarray(0, GZIP.length).equals(GZIP)) return 'gzip';
  return head.subarray(0, ZSTD.length).equals(ZSTD) ? 'zstd' : 'identity';
}

export function isCompressed(head: Buffer): boolean {
  return encodingOf(head) !== 'identity';
}

/** The plain bytes of an input that is compressed or not, as its first bytes say. */
export async function* decompressed(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = chunks[Symbol.asyncIterator]();
  const head = await source.next();
  if (head.done) return;
  const all = prepended(head.value, source);
  const encoding = encodingOf(head.value);
  if (encoding === 'identity') yield* all;
  else yield* inflated(all, encoding);
}

async function* prepended(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* inflated(chunks: AsyncIterable<Buffer>, encoding: 'gzip' | 'zstd'): AsyncGenerator<Buffer> {
  const plain = inflater(encoding);
  // Failures of either end arrive at the reader below.
  pipeline(Readable.from(chunks, { objectMode: false }), plain, () => {});
  try {
    for await (const chunk of plain) if (Buffer.isBuffer(chunk)) yield chunk;
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw new BrokenCompression(`the ${encoding} data is damaged or cut off`, { cause: error });
  }
}

function inflater(encoding: 'gzip' | 'zstd'): zlib.Gunzip | zlib.ZstdDecompress {
  const chunkSize = 256 << 10;
  if (encoding === 'gzip') return zlib.createGunzip({ chunkSize });
  if (typeof zlib.createZstdDecompress !== 'function') {
    throw new UnsupportedEncoding(
      `Node ${process.versions.node} cannot read zstd: use gzip, or Node 22.15 or newer`,
    );
  }
  return zlib.createZstdDecompress({ chunkSize });
}

function isZlibError(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && /^(Z_|ZSTD_|ERR_ZSTD|ERR_ZLIB)/.test(String(error.code))
  );
}
