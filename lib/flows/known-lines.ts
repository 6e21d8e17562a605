import type { FlowRecord } from './flow-record.ts';

/** A record that others are like in all but their times and ports, one object for all of them. */
export type Pattern = {
  readonly record: FlowRecord;
  /** For whoever takes these records, to keep what it made of the first one. */
  memo: object | null;
};

/** A line that says again what an earlier one said, of another time and other ports. */
export type KnownLine = {
  readonly kind: 'known';
  readonly like: Pattern;
  readonly startedAtMs: number;
  readonly clientPort: number;
  readonly serverPort: number;
  /** Where the line ends in the bytes that it was found in, at its line end. */
  readonly to: number;
};

/** A line that no earlier one was like, read by its parts. */
export type NewLine = {
  readonly kind: 'new';
  readonly record: FlowRecord;
  readonly to: number;
  /** The record stood every test: lines that repeat it are known from now on. */
  readonly keep: () => void;
};

/** Finds such lines in bytes, without making text of them. */
export type KnownLines = {
  /** The bytes to look in, whole lines with their ends; good until the next call. */
  readonly look: (region: Uint8Array) => void;
  /** The line that begins there; null for one that takes the ordinary way. */
  readonly find: (from: number) => KnownLine | NewLine | null;
};

/** What the ordinary way makes of the line. */
export function recordOfKnown({ like, startedAtMs, clientPort, serverPort }: KnownLine): FlowRecord {
  return {
    ...like.record,
    startedAtMs,
    endedAtMs: startedAtMs,
    client: { ...like.record.client, port: clientPort },
    server: { ...like.record.server, port: serverPort },
  };
}
