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
  /** Finds lines that repeat what was kept; null for a format of which nothing is. */
  readonly known: KnownLines | null;
  /** The line that was parsed last stood every test: lines that repeat it are found from now on. */
  readonly keep: () => void;
};

export function createLineReader(format: SourceKind, options: ParserOptions = withoutInventory): LineReader {
  if (format === 'aws-vpc') return { parse: createAwsVpcReader(options), known: null, keep: nothing };
  const { read, readKnown, known, keepKnown } = createReader(format, options);
  const parse = (text: string): ParsedLine => {
    const line = readKnown === null ? null : readKnown(text);
    if (line !== null) return line;
    const trimmed = isBare(text) ? text : text.trim();
    const payload = format === 'whisker' ? payloadOfEvent(trimmed) : trimmed;
    if (payload === '') return ignoredLine('blank');
    const json = parseJson(payload);
    return json.ok ? read(json.value) : rejectedLine(json.error);
  };
  return { parse, known, keep: keepKnown };
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
  /** Reads what much of it came before, without parsing it; null for a format or line that has no such way. */
  readonly readKnown: ((text: string) => ParsedLine | null) | null;
  readonly known: KnownLines | null;
  readonly keepKnown: () => void;
};

const nothing = (): void => {};
const unremembered = { readKnown: null, known: null, keepKnown: nothing };

function createReader(format: JsonFormat, options: ParserOptions): Reader {
  switch (format) {
    case 'hubble':
      return createHubbleReader(options);
    case 'calico':
      return { read: createCalicoReader(), ...unremembered };
    case 'whisker':
      return { read: createWhiskerReader(), ...unremembered };
    case 'goldmane':
      return { read: createGoldmaneReader(), ...unremembered };
    case 'netobserv':
      return { read: createNetobservReader(options), ...unremembered };
    default:
      return assertNever(format);
  }
}
