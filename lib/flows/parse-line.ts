import { assertNever } from '#lib/kit/result.ts';
import type { ParsedLine, SourceKind } from './flow-record.ts';
import { createAwsVpcReader } from './formats/aws-vpc.ts';
import { createCalicoReader } from './formats/calico.ts';
import { createGoldmaneReader } from './formats/goldmane.ts';
import { createHubbleReader } from './formats/hubble.ts';
import { createNetobservReader } from './formats/netobserv.ts';
import { createWhiskerReader, payloadOfEvent } from './formats/whisker.ts';
import type { JsonObject } from './json-fields.ts';
import type { KnownLines } from './known-lines.ts';
import { parseJson } from './parse-json.ts';
import { ignoredLine, rejectedLine } from './parsed-line.ts';
import { type ParserOptions, withoutInventory } from './parser-options.ts';

/**
 * A parser of lines of one format. It keeps bounded caches of what repeats from line to line, so make
 * one per stream and hand it every line (`remembersLines` tells where an earlier line says how to read
 * the later ones). It never throws: a line becomes a flow, is ignored for a
 * named reason, or is rejected with what to do about it.
 */
export function createLineParser(
  format: SourceKind,
  options: ParserOptions = withoutInventory,
): (text: string) => ParsedLine {
  return createLineReader(format, options).parse;
}

/** A parser with what it learns of whole lines. */
export type LineReader = {
  readonly parse: (text: string) => ParsedLine;
  /** Reads most lines of a log sooner, by their bytes; null for a format that has no such way. */
  readonly known: KnownLines | null;
};

export function createLineReader(format: SourceKind, options: ParserOptions = withoutInventory): LineReader {
  if (format === 'aws-vpc') return { parse: createAwsVpcReader(options), known: null };
  const { read, known } = createReader(format, options);
  const parse = (text: string): ParsedLine => {
    const trimmed = isBare(text) ? text : text.trim();
    const payload = format === 'whisker' ? payloadOfEvent(trimmed) : trimmed;
    if (payload === '') return ignoredLine('blank');
    const json = parseJson(payload);
    return json.ok ? read(json.value) : rejectedLine(json.error);
  };
  return { parse, known };
}

/** True where a line may be a header: whoever skips lines still has to hand them to the parser. */
export function remembersLines(format: SourceKind): boolean {
  return format === 'aws-vpc';
}

/** `{…}` and nothing around it, as nearly every line is; trimming would look at it again. */
function isBare(text: string): boolean {
  return text.charCodeAt(0) === 123 && text.charCodeAt(text.length - 1) === 125;
}

/** Formats whose lines are JSON objects, each on its own. */
type JsonFormat = Exclude<SourceKind, 'aws-vpc'>;

type Reader = {
  readonly read: (json: JsonObject) => ParsedLine;
  readonly known: KnownLines | null;
};

function createReader(format: JsonFormat, options: ParserOptions): Reader {
  switch (format) {
    case 'hubble':
      return createHubbleReader(options);
    case 'calico':
      return { read: createCalicoReader(), known: null };
    case 'whisker':
      return { read: createWhiskerReader(), known: null };
    case 'goldmane':
      return { read: createGoldmaneReader(), known: null };
    case 'netobserv':
      return { read: createNetobservReader(options), known: null };
    default:
      return assertNever(format);
  }
}
