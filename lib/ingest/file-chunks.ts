import { type FileHandle, open } from 'node:fs/promises';
import { isCompressed } from './decompress.ts';

const CHUNK_BYTES = 512 << 10;

/**
 * The bytes of a file. The next ones are read while these are worked on, into one of two rooms that are used
 * again and again: fresh memory for each chunk costs more than reading it does. A chunk is good until the next
 * one is asked for, but for compressed ones, which unpacking takes ahead, and for short ones, which somebody
 * may gather.
 */
export async function* fileChunks(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file);
  let room = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let other = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let isPlain: boolean | null = null;
  let reading = readInto(handle, room);
  try {
    for (;;) {
      const chunk = await reading;
      if (chunk.length === 0) return;
      isPlain ??= !isCompressed(chunk);
      [room, other] = [isPlain ? other : Buffer.allocUnsafeSlow(CHUNK_BYTES), room];
      reading = readInto(handle, room);
      yield chunk.length < CHUNK_BYTES ? Buffer.from(chunk) : chunk;
    }
  } finally {
    await reading.catch(() => undefined);
    await handle.close();
  }
}

function readInto(handle: FileHandle, room: Buffer): Promise<Buffer> {
  const read = handle.read(room, 0, room.length).then(({ bytesRead }) => room.subarray(0, bytesRead));
  // Whoever asks for the chunk is told; until then nobody waits.
  read.catch(() => undefined);
  return read;
}
