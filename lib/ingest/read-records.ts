import { checkRecord, checkTime } from '#lib/flows/check-record.ts';
import { detectFormat } from '#lib/flows/detect-format.ts';
import { isEnvelope, lineInEnvelope, unwrapped } from '#lib/flows/envelope.ts';
import type { FlowRecord, ParseError, SourceKind } from '#lib/flows/flow-record.ts';
import type { KnownLines } from '#lib/flows/known-lines.ts';
import { createLineReader, type LineReader, remembersLines } from '#lib/flows/parse-line.ts';
import { type ParserOptions, withoutInventory } from '#lib/flows/parser-options.ts';

import type { BatchBuilder } from './batch.ts';
import { MAX_RECORD_BYTES, type SourceRecord, type UnreadRecord } from './source-record.ts';

/** How much of an input without any known format is kept to look at. */
const MOST_UNKNOWN = 100;

const unknownFormat: ParseError = {
  code: 'unknown-format',
  field: null,
  message:
    'nothing here looks like a flow log that Flowloom reads: name its format with --format, or see docs/formats.md',
};

/** Where records go. */
export type RecordSink = Pick<BatchBuilder, 'accept' | 'acceptKnown' | 'ignore' | 'reject' | 'countRejected'>;

export type RecordReader = {
  /** True where the record needs no second look, whatever may follow it in the file. */
  readonly read: (into: RecordSink, record: SourceRecord) => boolean;
  /** A record that is counted already: only what it says about how to read the next ones is taken. */
  readonly pass: (record: SourceRecord) => void;
  readonly format: () => SourceKind | null;
  /** Finds the lines that say again what was accepted; null where none can be found (yet). */
  readonly knownLines: () => KnownLines | null;
};

/**
 * Parses, checks and files each record; where the format is unknown, every record may show it. Whether a
 * shipper has wrapped the lines shows in the first of them.
 */
export function createRecordReader(
  given: SourceKind | null,
  now: () => number,
  inventory: ParserOptions = withoutInventory,
): RecordReader {
  let format = given;
  let reader: LineReader | null = null;
  let known: KnownLines | null = null;
  let unknown = 0;

  function readerFor(text: string): LineReader | null {
    if (reader !== null) return reader;
    const isWrapped = isEnvelope(text);
    const found = given ?? detectFormat([unwrapped(text)]);
    if (found === null) return null;
    format = found;
    const made = createLineReader(found, inventory);
    const unwrap = (envelope: string) => made.parse(lineInEnvelope(envelope) ?? envelope);
    reader = isWrapped ? { ...made, parse: unwrap, known: null } : made;
    return reader;
  }

  /** A time may be too late for one line and not for another that is like it. */
  function timely({ look, find }: KnownLines): KnownLines {
    return {
      look,
      find: (from) => {
        const line = find(from);
        if (line?.kind !== 'known') return line;
        return checkTime(line.startedAtMs, now()) === null ? line : null;
      },
    };
  }

  function knownLines(): KnownLines | null {
    if (reader === null || reader.known === null) return null;
    known ??= timely(reader.known);
    return known;
  }

  function read(into: RecordSink, record: SourceRecord): boolean {
    if (record.content === null) {
      into.acceptKnown(record.known);
      return true;
    }
    const { content, made } = record;
    if (made) return take(into, record, made.record, made.keep);
    if (content.kind !== 'text') {
      reject(into, record, unreadable(record));
      return false;
    }
    const parser = readerFor(content.text);
    if (parser !== null) return readText(into, record, parser, content.text);
    if (content.text.trim() === '') into.ignore('blank', 0);
    else reject(into, record, unknownFormat);
    return false;
  }

  function readText(into: RecordSink, record: UnreadRecord, parser: LineReader, text: string): boolean {
    const line = parser.parse(text);
    if (line.kind === 'ignored') {
      into.ignore(line.reason, line.lostEvents);
      return true;
    }
    if (line.kind === 'rejected') return refuse(into, record, line.error);
    return take(into, record, line.record);
  }

  function take(into: RecordSink, record: UnreadRecord, flow: FlowRecord, keep?: () => void): boolean {
    const error = checkRecord(flow, now());
    if (error !== null) return refuse(into, record, error);
    if (into.accept(record, flow)) keep?.();
    return true;
  }

  function refuse(into: RecordSink, record: UnreadRecord, error: ParseError): false {
    into.reject(record, record.isTerminated ? error : unfinished(error));
    return false;
  }

  function pass({ content }: SourceRecord): void {
    if (content?.kind !== 'text' || (format !== null && !remembersLines(format))) return;
    readerFor(content.text)?.parse(content.text);
  }

  /** Of a core dump a few lines are enough to see what it is. */
  function reject(into: RecordSink, record: UnreadRecord, error: ParseError): void {
    if (format === null) unknown += 1;
    if (format !== null || unknown <= MOST_UNKNOWN) into.reject(record, error);
    else into.countRejected(error.code);
  }

  return { read, pass, format: () => format, knownLines };
}

function unreadable({ content }: UnreadRecord): ParseError {
  if (content.kind === 'too-long') {
    const message = `the record is ${content.length} bytes long; at most ${MAX_RECORD_BYTES} are read`;
    return { code: 'too-long', field: null, message };
  }
  const column = content.kind === 'invalid-utf8' ? content.column : 0;
  return {
    code: 'invalid-utf8',
    field: null,
    message: `byte ${column} of the line is no UTF-8: export it as UTF-8`,
  };
}

/** The end of the input may only not have been written yet. */
function unfinished(error: ParseError): ParseError {
  return {
    ...error,
    message: `${error.message} (the last line has no end: it is read again once it has one)`,
  };
}
