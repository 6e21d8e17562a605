import { newRunId } from '#lib/ingest/run-id.ts';
import { KeyConflict } from '#lib/ingest/stream-reader.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';

/** What the front doors of ingest share. */

/** Names one run of the command or one request; its batches and rejected lines are found by it. */
export function newRun(): string {
  return newRunId();
}

export function isKeyConflict(error: unknown): boolean {
  return error instanceof KeyConflict;
}

/** A command ends when nothing holds the process any more. */
export async function closeIngest(writerUrl: string): Promise<void> {
  await closeWriterPools(writerUrl);
}
