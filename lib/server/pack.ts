import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** Packed small enough, in a third of the time of the best. */
const quality = 6;

// What is unpacked was packed here; more than this is none of it.
const mostBytes = 256 << 20;

/** A document as bytes to be kept. */
export async function pack(document: unknown): Promise<Buffer> {
  const text = Buffer.from(JSON.stringify(document));
  return compress(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  });
}

/** The document again, as `parse` reads it; null where there is nothing. */
export async function unpack<T>(bytes: Buffer, parse: (document: unknown) => T | null): Promise<T | null> {
  if (bytes.length === 0) return null;
  const text = await decompress(bytes, { maxOutputLength: mostBytes });
  return parse(JSON.parse(text.toString('utf8')));
}
