import type { KnownLine, NewLine } from '#lib/flows/known-lines.ts';

/**
 * One record as it came: a line, or one value of a JSON array. Byte positions count from the start of
 * the (decompressed) input, lines from 1.
 */
export type SourceRecord = UnreadRecord | KnownRecord;

export type UnreadRecord = RecordPlace & {
  readonly content: RecordContent;
  /** What was made of its bytes, where the splitter could. */
  readonly made?: NewLine | null;
};

/** What it says was read in an earlier line; no text is made of it. */
export type KnownRecord = RecordPlace & { readonly content: null; readonly known: KnownLine };

export type RecordPlace = {
  readonly line: number;
  readonly from: number;
  /** End of the content, without a line end. */
  readonly to: number;
  /** Where the next record may begin. */
  readonly next: number;
  /** False for a last line without a line end and for a value that the input breaks off in. */
  readonly isTerminated: boolean;
};

export type RecordContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'invalid-utf8'; readonly bytes: Buffer; readonly column: number }
  /** `bytes` is only the beginning. */
  | { readonly kind: 'too-long'; readonly bytes: Buffer; readonly length: number };

// Real records are a few KB; whatever is longer is a file of another kind or an attack on memory.
export const MAX_RECORD_BYTES = 1 << 20;

/** How much of a rejected line is kept. */
export const KEPT_BYTES = 64 << 10;
