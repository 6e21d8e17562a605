import { finished, pipeline, Readable } from 'node:stream';
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

/** How much memory a compressed input may ask for: windows of 2^n bytes. gzip has small ones always. */
export type InflateLimits = { readonly largestWindowLog: number };

/** What `zstd` itself reads without being told to: files may be packed with --ultra or --long. */
const asZstdDoes: InflateLimits = { largestWindowLog: 27 };

/** What a body over HTTP may ask for (RFC 9659): 8 MiB. */
export const asHttpDoes: InflateLimits = { largestWindowLog: 23 };

export function isCompressed(head: Buffer): boolean {
  return encodingOf(head) !== 'identity';
}

/** The plain bytes of an input that is compressed or not, as its first bytes say. */
export async function* decompressed(
  chunks: AsyncIterable<Buffer>,
  limits = asZstdDoes,
): AsyncGenerator<Buffer> {
  const source = chunks[Symbol.asyncIterator]();
  const head = await headOf(source);
  if (head.length === 0) return;
  const all = prepended(head, source);
  const encoding = encodingOf(head);
  if (encoding === 'identity') yield* all;
  else yield* inflated(all, encoding, limits);
}

/** The same bytes, ended where the compression breaks off: enough to know an input again by. */
export async function* untilBroken(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (error) {
    if (!(error instanceof BrokenCompression)) throw error;
  }
}

/** As many bytes as tell the encoding: a first chunk may be of one byte, or of none. */
async function headOf(source: AsyncIterator<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  while (length < ZSTD.length) {
    const next = await source.next();
    if (next.done) break;
    parts.push(next.value);
    length += next.value.length;
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}

async function* prepended(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* inflated(
  chunks: AsyncIterable<Buffer>,
  encoding: 'gzip' | 'zstd',
  limits: InflateLimits,
): AsyncGenerator<Buffer> {
  const plain = encoding === 'gzip' ? gunzipped(chunks) : unzstd(chunks, limits);
  try {
    yield* plain;
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw new BrokenCompression(`the ${encoding} data is damaged or cut off`, { cause: error });
  }
}

const CHUNK_BYTES = 256 << 10;

/** Members that follow one another are one input, as gzip has it. */
async function* gunzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const plain = zlib.createGunzip({ chunkSize: CHUNK_BYTES });
  // Failures of either end arrive at the reader below.
  pipeline(Readable.from(chunks, { objectMode: false }), plain, () => {});
  yield* allOf(plain);
}

/**
 * All that a stream hands out, and only then what broke it: its own iterator forgets what was unpacked and not
 * taken yet when the damage behind it is met.
 */
async function* allOf(stream: Readable): AsyncGenerator<Buffer> {
  let end: { readonly error: unknown } | null = null;
  let wake = (): void => undefined;
  stream.on('readable', () => wake());
  finished(stream, { writable: false }, (error) => {
    end = { error };
    wake();
  });
  const ended = () => end;
  try {
    for (;;) {
      const chunk: unknown = stream.read();
      const isOver = ended();
      if (Buffer.isBuffer(chunk)) yield chunk;
      else if (isOver?.error) throw isOver.error;
      else if (isOver) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stream.destroy();
  }
}

/**
 * Frames that follow one another are one input. Node's decoder ends with the first frame and drops what else
 * was in the same chunk, so that each frame that begins inside of a chunk has a decoder of its own.
 */
async function* unzstd(
  chunks: AsyncIterable<Buffer>,
  { largestWindowLog }: InflateLimits,
): AsyncGenerator<Buffer> {
  const source = chunks[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  try {
    for (;;) {
      if (rest.length === 0) {
        const next = await source.next();
        if (next.done) return;
        rest = next.value;
        continue;
      }
      const decoder = createZstdDecoder(largestWindowLog);
      const left = feed(decoder, rest, source);
      yield* allOf(decoder);
      rest = await left;
    }
  } finally {
    await source.return?.();
  }
}

function createZstdDecoder(windowLog: number): zlib.ZstdDecompress {
  if (typeof zlib.createZstdDecompress !== 'function') {
    throw new UnsupportedEncoding(
      `Node ${process.versions.node} cannot read zstd: use gzip, or Node 22.15 or newer`,
    );
  }
  const params = { [zlib.constants.ZSTD_d_windowLogMax]: windowLog };
  return zlib.createZstdDecompress({ chunkSize: CHUNK_BYTES, params });
}

/** Gives a decoder one chunk after the other; answers what it left of the last one. */
async function feed(
  decoder: zlib.ZstdDecompress,
  first: Buffer,
  source: AsyncIterator<Buffer>,
): Promise<Buffer> {
  try {
    for (let chunk = first; ; ) {
      const before = decoder.bytesWritten;
      await written(decoder, chunk);
      const taken = decoder.bytesWritten - before;
      if (taken < chunk.length) return chunk.subarray(taken);
      const next = await source.next();
      if (next.done) break;
      chunk = next.value;
    }
    decoder.end();
  } catch (error) {
    decoder.destroy(error instanceof Error ? error : new Error(String(error)));
  }
  return Buffer.alloc(0);
}

/** Settles when the decoder has done with a chunk, or with itself. */
function written(decoder: zlib.ZstdDecompress, chunk: Buffer): Promise<void> {
  return new Promise((resolve) => {
    function settle(): void {
      decoder.off('end', settle);
      decoder.off('close', settle);
      resolve();
    }
    decoder.once('end', settle);
    decoder.once('close', settle);
    decoder.write(chunk, settle);
  });
}

function isZlibError(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && /^(Z_|ZSTD_|ERR_ZSTD|ERR_ZLIB)/.test(String(error.code))
  );
}
