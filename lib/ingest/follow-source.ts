import { type BigIntStats, createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

import { FINGERPRINT_BYTES } from './committed.ts';
import { decompressed, isCompressed } from './decompress.ts';

/**
 * The bytes of one file, kept open, so that they can be read to their end wherever the file is moved to.
 * `more`: there may be more later. `over`: there will not. `truncated`: what was read is not there any more.
 */
export type FollowSource = {
  readonly path: string;
  readonly isPacked: boolean;
  /** The first bytes (of the content), at most 4 KiB. */
  readonly head: () => Promise<Buffer>;
  /** From the beginning to where the content ends at present. */
  readonly whole: () => AsyncIterable<Buffer>;
  readonly next: () => Promise<Buffer | 'more' | 'over' | 'truncated'>;
  readonly rewind: () => void;
  readonly isTruncated: () => Promise<boolean>;
  /** True where a path with these stats still leads here. */
  readonly isAt: (stats: BigIntStats) => boolean;
  readonly close: () => Promise<void>;
};

const CHUNK_BYTES = 256 << 10;
// How much of the end of what was read is compared before more of it is believed.
const WITNESS_BYTES = 512;

export async function openFollowSource(path: string): Promise<FollowSource> {
  const handle = await open(path);
  try {
    const stats = await handle.stat({ bigint: true });
    const first = await readAt(handle, 0, FINGERPRINT_BYTES);
    return isCompressed(first) ? packed(path, handle, stats) : growing(path, handle, stats);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function growing(path: string, handle: FileHandle, opened: BigIntStats): FollowSource {
  let head: Buffer = Buffer.alloc(0);
  let last: Buffer = Buffer.alloc(0);
  let position = 0;
  let wasTruncated = false;

  /** A file may be cut and written anew up to the same size: its bytes tell, not its length. */
  async function isTruncated(): Promise<boolean> {
    if (wasTruncated) return true;
    const now = await readAt(handle, 0, FINGERPRINT_BYTES);
    const end = await readAt(handle, position - last.length, last.length);
    wasTruncated = !now.subarray(0, head.length).equals(head) || !end.equals(last);
    if (!wasTruncated && now.length > head.length) head = now;
    return wasTruncated;
  }

  async function next(): Promise<Buffer | 'more' | 'truncated'> {
    const chunk = await readAt(handle, position, CHUNK_BYTES);
    // Looked at after reading: what was read before the file was cut does not follow what comes after.
    if (await isTruncated()) return 'truncated';
    if (chunk.length === 0) return 'more';
    position += chunk.length;
    last = Buffer.from(Buffer.concat([last, chunk.subarray(-WITNESS_BYTES)]).subarray(-WITNESS_BYTES));
    return chunk;
  }

  async function* whole(): AsyncGenerator<Buffer> {
    for (let from = 0; ; ) {
      const chunk = await readAt(handle, from, CHUNK_BYTES);
      if (chunk.length === 0) return;
      from += chunk.length;
      yield chunk;
    }
  }

  return {
    path,
    isPacked: false,
    head: async () => {
      await isTruncated();
      return head;
    },
    whole,
    next,
    rewind: () => {
      position = 0;
      last = Buffer.alloc(0);
    },
    isTruncated,
    isAt: (stats) => stats.ino === opened.ino && stats.dev === opened.dev,
    close: () => handle.close(),
  };
}

/** A compressed file does not grow: it is there as a whole, or it is another one. */
function packed(path: string, handle: FileHandle, opened: BigIntStats): FollowSource {
  let chunks: AsyncGenerator<Buffer> | null = null;

  function whole(): AsyncGenerator<Buffer> {
    return decompressed(
      createReadStream('', { fd: handle.fd, autoClose: false, start: 0, highWaterMark: CHUNK_BYTES }),
    );
  }

  async function head(): Promise<Buffer> {
    const parts: Buffer[] = [];
    let length = 0;
    for await (const chunk of whole()) {
      parts.push(chunk);
      length += chunk.length;
      if (length >= FINGERPRINT_BYTES) break;
    }
    return Buffer.concat(parts).subarray(0, FINGERPRINT_BYTES);
  }

  return {
    path,
    isPacked: true,
    head,
    whole,
    next: async () => {
      chunks ??= whole();
      const { value, done } = await chunks.next();
      return done ? 'over' : value;
    },
    rewind: () => {
      chunks = null;
    },
    isTruncated: async () => false,
    isAt: ({ ino, dev, size, mtimeNs }) =>
      ino === opened.ino && dev === opened.dev && size === opened.size && mtimeNs === opened.mtimeNs,
    close: async () => {
      await chunks?.return(undefined);
      await handle.close();
    },
  };
}

async function readAt(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  if (length === 0) return Buffer.alloc(0);
  const buffer = Buffer.allocUnsafe(length);
  const { bytesRead } = await handle.read(buffer, 0, length, from);
  return buffer.subarray(0, bytesRead);
}
