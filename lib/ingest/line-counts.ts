import type { IgnoredReason, ParseError } from '#lib/flows/flow-record.ts';
import { KEPT_BYTES, type UnreadRecord } from './source-record.ts';

/** How many rejected lines of one batch are kept, and how much of them; the count is always right. */
const MOST_REJECTED = 1_000;
const MOST_REJECTED_BYTES = 8 << 20;

export type RejectedLine = {
  readonly from: number;
  readonly line: number;
  readonly error: ParseError;
  readonly content: Buffer;
  /** Of the whole line, of which `content` may be the beginning. */
  readonly length: number;
};

export type BatchCounts = { accepted: number; rejected: number; ignored: number; lostEvents: number };

/** What became of the lines of one batch, and those that were rejected, to be looked at. */
export function createLineCounts() {
  const counts: BatchCounts = { accepted: 0, rejected: 0, ignored: 0, lostEvents: 0 };
  const reasons = new Map<string, number>();
  const rejected: RejectedLine[] = [];
  let rejectedBytes = 0;

  function countReason(reason: string): void {
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }

  /** Counts a rejected line without keeping it. */
  function countRejected(code: string): void {
    counts.rejected += 1;
    countReason(code);
  }

  function reject(source: UnreadRecord, error: ParseError): void {
    countRejected(error.code);
    if (rejected.length >= MOST_REJECTED || rejectedBytes > MOST_REJECTED_BYTES) return;
    const { content, length } = keptContent(source);
    rejectedBytes += content.length;
    rejected.push({ from: source.from, line: source.line, error, content, length });
  }

  function ignore(reason: IgnoredReason, lostEvents: number): void {
    counts.ignored += 1;
    counts.lostEvents += lostEvents;
    countReason(reason);
  }

  function accept(): void {
    counts.accepted += 1;
  }

  return { counts, reasons, rejected, countRejected, reject, ignore, accept };
}

function keptContent({ content }: UnreadRecord): Pick<RejectedLine, 'content' | 'length'> {
  const bytes = content.kind === 'text' ? Buffer.from(content.text) : content.bytes;
  const length = content.kind === 'too-long' ? content.length : bytes.length;
  return { content: Buffer.from(bytes.subarray(0, KEPT_BYTES)), length };
}
