import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import type { z } from 'zod';

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

/** The document again; null for what is none of the schema. */
export async function unpack<T>(bytes: Buffer, schema: z.ZodType<T>): Promise<T | null> {
  if (bytes.length === 0) return null;
  const text = await decompress(bytes, { maxOutputLength: mostBytes });
  return schema.safeParse(JSON.parse(text.toString('utf8'))).data ?? null;
}
