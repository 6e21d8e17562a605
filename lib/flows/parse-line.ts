import { assertNever } from '#lib/kit/result.ts';
import type { ParsedLine, SourceKind } from './flow-record.ts';
import { createCalicoReader } from './formats/calico.ts';
import { createGoldmaneReader } from './formats/goldmane.ts';
import { createHubbleReader } from './formats/hubble.ts';
import { createNetobservReader } from './formats/netobserv.ts';
import { createWhiskerReader, payloadOfEvent } from './formats/whisker.ts';
import type { JsonObject } from './json-fields.ts';
import type { IsListening } from './orientation.ts';
import { parseJson } from './parse-json.ts';
import { ignoredLine, reject, rejectedLine } from './parsed-line.ts';
import type { ParserOptions } from './parser-options.ts';

/**
 * A parser of lines of one format. It keeps bounded caches of what repeats from line to line, so make
 * one per stream and hand it every line. It never throws: a line becomes a flow, is ignored for a
 * named reason, or is rejected with what to do about it.
 */
export function createLineParser(
  format: SourceKind,
  isListening: IsListening | null = null,
): (text: string) => ParsedLine {
  const { read, readKnown } = createReader(format, { isListening });
  return (text) => {
    const known = readKnown === null ? null : readKnown(text);
    if (known !== null) return known;
    const trimmed = isBare(text) ? text : text.trim();
    const payload = format === 'whisker' ? payloadOfEvent(trimmed) : trimmed;
    if (payload === '') return ignoredLine('blank');
    const json = parseJson(payload);
    return json.ok ? read(json.value) : rejectedLine(json.error);
  };
}

/** `{…}` and nothing around it, as nearly every line is; trimming would look at it again. */
function isBare(text: string): boolean {
  return text.charCodeAt(0) === 123 && text.charCodeAt(text.length - 1) === 125;
}

type Reader = {
  readonly read: (json: JsonObject) => ParsedLine;
  /** Reads what much of it came before, without parsing it; null for a format or line that has no such way. */
  readonly readKnown: ((text: string) => ParsedLine | null) | null;
};

function createReader(format: SourceKind, options: ParserOptions): Reader {
  switch (format) {
    case 'hubble':
      return createHubbleReader(options);
    case 'calico':
      return { read: createCalicoReader(), readKnown: null };
    case 'whisker':
      return { read: createWhiskerReader(), readKnown: null };
    case 'goldmane':
      return { read: createGoldmaneReader(), readKnown: null };
    case 'netobserv':
      return { read: createNetobservReader(options), readKnown: null };
    case 'aws-vpc':
      return {
        read: () =>
          reject('unsupported-format', null, 'AWS VPC flow logs cannot be read yet: no line was taken'),
        readKnown: null,
      };
    default:
      return assertNever(format);
  }
}
