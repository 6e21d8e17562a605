import { assertNever } from '#lib/kit/result.ts';
import type { FlowAgain } from './flow-again.ts';
import type { FlowRecord, ParsedLine, SourceKind } from './flow-record.ts';
import { createAwsVpcReader } from './formats/aws-vpc.ts';
import { createCalicoReader } from './formats/calico.ts';
import { createGoldmaneReader } from './formats/goldmane.ts';
import { createHubbleReader } from './formats/hubble.ts';
import { createNetobservReader } from './formats/netobserv.ts';
import { createWhiskerReader, payloadOfEvent } from './formats/whisker.ts';
import type { JsonObject } from './json-fields.ts';
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
  return createLineReader(format, options).read;
}

export type LineReader = {
  readonly read: (text: string) => ParsedLine;
  /** Sooner, for a line like an earlier one; null for every other, which `read` takes. */
  readonly readAgain: (text: string) => FlowAgain | null;
  /** True for the record read last where later lines may be like it. */
  readonly keeps: (record: FlowRecord) => boolean;
};

/** The same parser with its short way, for whoever can make use of what was made of an earlier line. */
export function createLineReader(format: SourceKind, options: ParserOptions): LineReader {
  if (format === 'aws-vpc') return { read: createAwsVpcReader(options), ...withoutMemory };
  const { read, readKnown, readAgain, keeps } = createReader(format, options);
  const readLine = (text: string): ParsedLine => {
    const known = readKnown === null ? null : readKnown(text);
    if (known !== null) return known;
    const trimmed = isBare(text) ? text : text.trim();
    const payload = format === 'whisker' ? payloadOfEvent(trimmed) : trimmed;
    if (payload === '') return ignoredLine('blank');
    const json = parseJson(payload);
    return json.ok ? read(json.value) : rejectedLine(json.error);
  };
  return { read: readLine, readAgain, keeps };
}

/** Of a format whose lines are each read on their own. */
const withoutMemory = { readAgain: () => null, keeps: () => false };

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

type Reader = Omit<LineReader, 'read'> & {
  readonly read: (json: JsonObject) => ParsedLine;
  /** Reads what much of it came before, without parsing it; null for a format or line that has no such way. */
  readonly readKnown: ((text: string) => ParsedLine | null) | null;
};

function createReader(format: JsonFormat, options: ParserOptions): Reader {
  switch (format) {
    case 'hubble':
      return createHubbleReader(options);
    case 'calico':
      return { read: createCalicoReader(), readKnown: null, ...withoutMemory };
    case 'whisker':
      return { read: createWhiskerReader(), readKnown: null, ...withoutMemory };
    case 'goldmane':
      return { read: createGoldmaneReader(), readKnown: null, ...withoutMemory };
    case 'netobserv':
      return { read: createNetobservReader(options), readKnown: null, ...withoutMemory };
    default:
      return assertNever(format);
  }
}
