import { checkRecord } from '#lib/flows/check-record.ts';
import { detectFormat } from '#lib/flows/detect-format.ts';
import { isEnvelope, lineInEnvelope, unwrapped } from '#lib/flows/envelope.ts';
import type { ParsedLine, ParseError, SourceKind } from '#lib/flows/flow-record.ts';
import { createLineParser, remembersLines } from '#lib/flows/parse-line.ts';
import { type ParserOptions, withoutInventory } from '#lib/flows/parser-options.ts';

import type { BatchBuilder } from './batch.ts';
import { MAX_RECORD_BYTES, type SourceRecord } from './source-record.ts';

/** How much of an input without any known format is kept to look at. */
const MOST_UNKNOWN = 100;

const unknownFormat: ParseError = {
  code: 'unknown-format',
  field: null,
  message:
    'nothing here looks like a flow log that Flowloom reads: name its format with --format, or see docs/formats.md',
};

/** Where records go. */
export type RecordSink = Pick<BatchBuilder, 'accept' | 'ignore' | 'reject' | 'countRejected'>;

export type RecordReader = {
  /** True where the record needs no second look, whatever may follow it in the file. */
  readonly read: (into: RecordSink, record: SourceRecord) => boolean;
  /** A record that is counted already: only what it says about how to read the next ones is taken. */
  readonly pass: (record: SourceRecord) => void;
  readonly format: () => SourceKind | null;
};

type Parse = (text: string) => ParsedLine;

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
  let parse: Parse | null = null;
  let unknown = 0;

  function parserFor(text: string): Parse | null {
    if (parse !== null) return parse;
    const isWrapped = isEnvelope(text);
    const found = given ?? detectFormat([unwrapped(text)]);
    if (found === null) return null;
    format = found;
    const parseLine = createLineParser(found, inventory);
    parse = isWrapped ? (envelope) => parseLine(lineInEnvelope(envelope) ?? envelope) : parseLine;
    return parse;
  }

  function read(into: RecordSink, record: SourceRecord): boolean {
    const { content } = record;
    const parser = content.kind === 'text' ? parserFor(content.text) : parse;
    if (parser === null && content.kind === 'text' && content.text.trim() === '') {
      into.ignore('blank', 0);
      return false;
    }
    if (parser === null || content.kind !== 'text') {
      reject(into, record, content.kind === 'text' ? unknownFormat : unreadable(record));
      return false;
    }
    const line = parser(content.text);
    if (line.kind === 'ignored') {
      into.ignore(line.reason, line.lostEvents);
      return true;
    }
    const error = line.kind === 'rejected' ? line.error : checkRecord(line.record, now());
    if (error !== null) {
      into.reject(record, record.isTerminated ? error : unfinished(error));
      return false;
    }
    if (line.kind === 'flow') into.accept(record, line.record);
    return true;
  }

  function pass({ content }: SourceRecord): void {
    if (content.kind !== 'text' || (format !== null && !remembersLines(format))) return;
    parserFor(content.text)?.(content.text);
  }

  /** Of a core dump a few lines are enough to see what it is. */
  function reject(into: RecordSink, record: SourceRecord, error: ParseError): void {
    if (format === null) unknown += 1;
    if (format !== null || unknown <= MOST_UNKNOWN) into.reject(record, error);
    else into.countRejected(error.code);
  }

  return { read, pass, format: () => format };
}

function unreadable({ content }: SourceRecord): ParseError {
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
