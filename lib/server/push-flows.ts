import type { IngestResult } from '#lib/contracts/ingest.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import { type Encoding, UnsupportedEncoding } from '#lib/ingest/decompress.ts';
import { KeyConflict } from '#lib/ingest/stream-reader.ts';
import { type IngestedBody, InputTooLarge, ingestBody } from './ingest-body.ts';
import { newRun } from './ingest-run.ts';

/** What one request may unpack to; more comes in several, or through the command. */
const MOST_BODY_BYTES = 256 << 20;

const encodings: ReadonlySet<string> = new Set<Encoding>(['identity', 'gzip', 'zstd']);

export type PushOptions = {
  readonly writerUrl: string;
  readonly body: AsyncIterable<Uint8Array>;
  readonly encoding: string;
  readonly key: string | null;
  readonly query: {
    readonly cluster?: string | undefined;
    readonly format?: SourceKind | 'auto' | undefined;
  };
  readonly mostBytes?: number;
};

type PushProblem = {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
};

export type Pushed = IngestedBody | { readonly kind: 'problem'; readonly problem: PushProblem };

/** Takes in what a client pushes; every way in which that can fail is answered, not thrown. */
export async function pushFlows(options: PushOptions): Promise<Pushed> {
  const { writerUrl, body, encoding, key, query, mostBytes = MOST_BODY_BYTES } = options;
  if (!encodings.has(encoding)) return problem(unknownEncoding(encoding));
  try {
    const pushed = await ingestBody({
      writerUrl,
      input: body,
      source: 'http',
      run: newRun(),
      key,
      namedCluster: query.cluster ?? null,
      format: query.format ?? 'auto',
      mostBytes,
    });
    return wasInVain(pushed.result) ? problem(nothingRead(pushed.result)) : pushed;
  } catch (error) {
    if (error instanceof KeyConflict) return problem(keyConflict);
    if (error instanceof UnsupportedEncoding) return problem(unknownEncoding(encoding));
    if (error instanceof InputTooLarge) return problem(tooLarge(mostBytes));
    throw error;
  }
}

function wasInVain({ accepted, duplicates, rejected, ignored }: IngestResult): boolean {
  return accepted === 0 && duplicates === 0 && (rejected > 0 || ignored === 0);
}

function problem(told: PushProblem): Pushed {
  return { kind: 'problem', problem: told };
}

function nothingRead({ rejected, reasons }: IngestResult): PushProblem {
  const why = Object.entries(reasons).map(([reason, count]) => `${reason} ${count}`);
  const detail =
    rejected === 0
      ? 'The body holds no record: send one flow per line, or a JSON array of flows.'
      : `All ${rejected} records were rejected (${why.join(', ')}): see "flowloom rejected --last", or name the format.`;
  return { status: 400, code: 'nothing-read', title: 'Nothing could be read', detail };
}

function tooLarge(mostBytes: number): PushProblem {
  const detail = `A body may unpack to ${mostBytes >> 20} MiB. Whole batches before that are kept: send the rest in smaller bodies, each with a key of its own.`;
  return { status: 413, code: 'body-too-large', title: 'The body is too large', detail };
}

function unknownEncoding(encoding: string): PushProblem {
  const detail = `The body came as "${encoding.slice(0, 40)}"; send it plain, or packed with gzip or (from Node 22.15) zstd.`;
  return { status: 415, code: 'unknown-encoding', title: 'The encoding is unknown', detail };
}

const keyConflict: PushProblem = {
  status: 409,
  code: 'idempotency-conflict',
  title: 'The key was used before',
  detail: 'This Idempotency-Key stands for another body in this cluster: choose a new key for new flows.',
};
