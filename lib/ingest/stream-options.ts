import type { Pool } from 'pg';

import type { SourceKind } from '#lib/flows/flow-record.ts';
import type { ParserOptions } from '#lib/flows/parser-options.ts';
import type { Retention } from '#lib/kit/retention.ts';

import type { Batch } from './batch.ts';
import type { Span } from './committed.ts';
import type { Ceilings } from './fold-newcomers.ts';
import type { ByteRange } from './ledger.ts';

export type IngestStreamOptions = {
  readonly pool: Pool;
  /** Decompressed bytes. */
  readonly chunks: AsyncIterable<Buffer>;
  /** What a person would call the input. */
  readonly source: string;
  /** Fingerprint or `key:…`; null for an input that cannot be known again. */
  readonly identity: string | null;
  /** The lock that is held for this input; null for an input that cannot be known again. */
  readonly lockName: string | null;
  readonly namedCluster: string | null;
  readonly format: SourceKind | 'auto';
  readonly run: string;
  /** Tells apart the streams that one run reads under one name. */
  readonly part?: number;
  readonly nowMs: number;
  /** What the answer says of how long it is kept; default: the default retention. */
  readonly retention?: Retention;
  /** Spans that are known to be committed: their records are duplicates. */
  readonly committed: readonly Span[];
  /** Ranges of the same key, each to be compared while it passes by. */
  readonly promised: readonly ByteRange[];
  /** What the inventory tells the parsers; default: what it knows when the stream begins. */
  readonly inventory?: ParserOptions;
  readonly batchRecords?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** What is in the database now; after each batch. */
  readonly onCommitted?: (batch: Batch, format: SourceKind | null) => void;
  /** For tests that stop an ingest at its worst moment. */
  readonly beforeCommit?: () => Promise<void>;
  /** For tests that meet them with few records. */
  readonly ceilings?: Ceilings;
};

export type Progress = { readonly bytes: number; readonly records: number };
