import type { FlowRecord, IgnoredReason, ParsedLine, ParseError } from './flow-record.ts';

/** The makers of the three outcomes of a line. */

export function flowLine(record: FlowRecord): ParsedLine {
  return { kind: 'flow', record };
}

export function ignoredLine(reason: IgnoredReason, lostEvents = 0): ParsedLine {
  return { kind: 'ignored', reason, lostEvents };
}

export function rejectedLine(error: ParseError): ParsedLine {
  return { kind: 'rejected', error };
}

/** Refuses a line: `field` is the place in it, the message says what to do next. */
export function reject(code: string, field: string | null, message: string): ParsedLine {
  return { kind: 'rejected', error: { code, field, message } };
}
