import { err, ok, type Result } from '#lib/kit/result.ts';
import { countKeys, findDuplicateKey, mayRepeatKeys } from './duplicate-keys.ts';
import type { ParseError } from './flow-record.ts';
import { isObject, type JsonObject, shown } from './json-fields.ts';

// Real records nest five deep; whatever nests deeper than this is no flow log, and walking it by
// recursion must not be able to exhaust the stack.
const MAX_DEPTH = 64;

// Errors are kept beside their lines: a key may be as long as the line.
const LONGEST_PLACE = 200;

/** One JSON object from one line; the error says whether the line was cut off or is no JSON at all. */
export function parseJson(text: string): Result<JsonObject, ParseError> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return err(syntaxError(text, error));
  }
  if (!isObject(value)) {
    return refuse('not-an-object', null, `a flow is a JSON object, but this line is ${shown(value)}`);
  }
  const keys = countKeys(value, MAX_DEPTH);
  if (keys === null) {
    return refuse('too-deep', null, `the line nests deeper than ${MAX_DEPTH} levels: this is no flow log`);
  }
  if (mayRepeatKeys(text, keys)) {
    const field = findDuplicateKey(text);
    if (field !== null) {
      const place = field.length > LONGEST_PLACE ? `${field.slice(0, LONGEST_PLACE)}…` : field;
      return refuse('duplicate-key', place, `${place} is there twice: which one counts? Send it once`);
    }
  }
  if (text.includes('\\u0000') && holdsNul(value)) {
    return refuse('nul-byte', null, 'the line holds a NUL character, which Postgres cannot store: remove it');
  }
  return ok(value);
}

function refuse(code: string, field: string | null, message: string): Result<never, ParseError> {
  return err({ code, field, message });
}

/** NUL comes only as an escape, but the same letters behind an escaped backslash are harmless. */
function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, item]) => key.includes('\0') || holdsNul(item));
}

function syntaxError(text: string, error: unknown): ParseError {
  if (isCutOff(text, error)) {
    return {
      code: 'truncated-json',
      field: null,
      message: `the line ends in the middle of its JSON, after column ${text.length}: send the whole line`,
    };
  }
  return {
    code: 'malformed-json',
    field: null,
    message: `not JSON at column ${badColumn(text)}: every line must be one whole JSON object`,
  };
}

/** True where the text is right as far as it goes. V8 names the end in words or by its position. */
function isCutOff(text: string, error: unknown): boolean {
  const message = error instanceof Error ? error.message : '';
  if (/end of JSON|Unterminated/.test(message)) return true;
  return /at position (\d+)/.exec(message)?.[1] === String(text.length);
}

/**
 * The first column that cannot be right. V8 does not always say, so halve the text: what comes before
 * that column is merely cut off, what reaches it is wrong.
 */
function badColumn(text: string): number {
  let good = 0;
  let bad = text.length;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (isPrefix(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return bad;
}

function isPrefix(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    return isCutOff(text, error);
  }
}
