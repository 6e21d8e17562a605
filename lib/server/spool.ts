import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import path from 'node:path';

const BLOCK_BYTES = 64 << 10;
const READ_BYTES = 256 << 10;

/** Where bodies wait that are not whole yet, or whose turn has not come. */
export type Spool = {
  readonly open: () => SpooledBody;
  /** What all bodies take now, in memory and on the disk. */
  readonly takenBytes: () => number;
};

/** The bytes of one body, to be read as often as one likes once all are there. */
export type SpooledBody = {
  /** Throws SpoolFull where all bodies together would take more than the spool may. */
  readonly append: (chunk: Uint8Array) => Promise<void>;
  readonly bytes: () => number;
  readonly read: () => AsyncGenerator<Buffer>;
  readonly discard: () => Promise<void>;
};

/** All bodies that are under way take as much room as they may. */
export class SpoolFull extends Error {}

export type SpoolOptions = {
  readonly folder: string;
  /** What all bodies may take together, in memory and on the disk. */
  readonly mostBytes: number;
  /** A body up to this stays in memory. */
  readonly memoryBytes: number;
};

/**
 * Files have no name from the moment they are open, so that nothing is left of them, whatever ends the
 * process.
 */
export function createSpool({ folder, mostBytes, memoryBytes }: SpoolOptions): Spool {
  let takenBytes = 0;

  function openBody(): SpooledBody {
    // Chunks are copied into blocks: a body that trickles in byte by byte would take a buffer for each.
    let blocks: Buffer[] = [];
    let filled = BLOCK_BYTES;
    let file: FileHandle | null = null;
    let inFile = 0;
    let bytes = 0;

    function fill(chunk: Uint8Array): void {
      for (let from = 0; from < chunk.length; ) {
        if (filled === BLOCK_BYTES) {
          blocks.push(Buffer.allocUnsafe(BLOCK_BYTES));
          filled = 0;
        }
        const part = chunk.subarray(from, from + BLOCK_BYTES - filled);
        blocks.at(-1)?.set(part, filled);
        filled += part.length;
        from += part.length;
      }
    }

    async function append(chunk: Uint8Array): Promise<void> {
      if (takenBytes + chunk.length > mostBytes) throw new SpoolFull('bodies under way take all the room');
      takenBytes += chunk.length;
      bytes += chunk.length;
      fill(chunk);
      if (bytes - inFile > memoryBytes) await moveToFile();
    }

    function held(): Buffer[] {
      return blocks.map((block, index) => (index === blocks.length - 1 ? block.subarray(0, filled) : block));
    }

    async function moveToFile(): Promise<void> {
      file ??= await openNameless(folder);
      for (const block of held()) {
        for (let from = 0; from < block.length; ) {
          const { bytesWritten } = await file.write(block, from, block.length - from, inFile);
          from += bytesWritten;
          inFile += bytesWritten;
        }
      }
      blocks = [];
      filled = BLOCK_BYTES;
    }

    async function* read(): AsyncGenerator<Buffer> {
      for (let from = 0; file !== null && from < inFile; ) {
        const into = Buffer.allocUnsafe(Math.min(READ_BYTES, inFile - from));
        const { bytesRead } = await file.read(into, 0, into.length, from);
        if (bytesRead === 0) throw new Error(`the spool in ${folder} lost bytes of a body`);
        from += bytesRead;
        yield into.subarray(0, bytesRead);
      }
      yield* held();
    }

    async function discard(): Promise<void> {
      takenBytes -= bytes;
      bytes = 0;
      blocks = [];
      await file?.close();
      file = null;
    }

    return { append, bytes: () => bytes, read, discard };
  }

  return { open: openBody, takenBytes: () => takenBytes };
}

async function openNameless(folder: string): Promise<FileHandle> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const place = path.join(folder, randomUUID());
  const file = await open(place, 'wx+', 0o600);
  await unlink(place);
  return file;
}
