import { createReadStream } from 'node:fs';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import { recordOfKnown } from '#lib/flows/known-lines.ts';
import { BrokenCompression, decompressed } from '#lib/ingest/decompress.ts';
import { createSplitter, startOf } from '#lib/ingest/input-shape.ts';
import { createRecordReader, type RecordSink } from '#lib/ingest/read-records.ts';
import { err, ok, type Result } from '#lib/kit/result.ts';
import { gatherFlows, type RecordedFlow } from '#lib/policy/check/recorded-flows.ts';

export type FlowFile = {
  readonly flows: readonly RecordedFlow[];
  readonly format: SourceKind | null;
  readonly accepted: number;
  readonly rejected: number;
};

// As much as shows shape and format, see lib/ingest/input-shape.ts.
const CHUNK_BYTES = 256 << 10;

/** Reads a flow log (also gzip, zstd) into connections, with nothing kept in a database. */
export async function readFlowFile(file: string): Promise<Result<FlowFile, string>> {
  const gathering = gatherFlows();
  const reader = createRecordReader(null, () => Date.now());
  let accepted = 0;
  let rejected = 0;
  let firstReason: string | null = null;
  const sink: RecordSink = {
    accept: (_record, flow) => {
      accepted += 1;
      gathering.add(flow);
      return true;
    },
    acceptKnown: (line) => {
      accepted += 1;
      gathering.add(recordOfKnown(line));
    },
    ignore: () => undefined,
    reject: ({ line }, { message }) => {
      rejected += 1;
      firstReason ??= `line ${line}: ${message}`;
    },
    countRejected: () => {
      rejected += 1;
    },
  };
  try {
    let splitter: ReturnType<typeof createSplitter> | null = null;
    const chunks = createReadStream(file, { highWaterMark: CHUNK_BYTES });
    for await (const chunk of decompressed(chunks)) {
      const skip: number = splitter === null ? startOf(chunk) : 0;
      splitter ??= createSplitter(chunk, reader.knownLines);
      splitter.push(chunk.subarray(skip), (record) => reader.read(sink, record));
    }
    splitter?.end((record) => reader.read(sink, record));
  } catch (error) {
    const reason = whyUnreadable(error);
    if (reason === null) throw error;
    return err(`${file}: ${reason}`);
  }
  if (accepted === 0) return err(`${file}: no flow in it could be read (${firstReason ?? 'it is empty'})`);
  return ok({ flows: gathering.flows(), format: reader.format(), accepted, rejected });
}

function whyUnreadable(error: unknown): string | null {
  if (error instanceof BrokenCompression) return 'the compression breaks off: copy the file again';
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder: name one flow log';
  return code === 'EACCES' ? 'it may not be read by this user' : null;
}
