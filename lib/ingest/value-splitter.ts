import { createGrowingBuffer, type GrowingBuffer } from './growing-buffer.ts';
import { contentOf, type RecordSplitter } from './line-splitter.ts';
import { KEPT_BYTES, MAX_RECORD_BYTES, type RecordContent, type SourceRecord } from './source-record.ts';

const [LF, SPACE, QUOTE, BACKSLASH, COLON, COMMA] = [10, 32, 34, 92, 58, 44];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [123, 125, 91, 93];

/** Keys of an object whose array holds the records: Whisker's list, Goldmane's, Elasticsearch's. */
const envelopeKeys = new Set(['items', 'flows']);
const nestedKey = 'hits';
const LONGEST_KEY = 5;

/**
 * One record per JSON value: the elements of an array, of an envelope's array (`items`, `flows`,
 * `hits.hits`), or objects one after another, printed in any way. It counts depth and never holds more
 * than one value. Text outside of values (commas, the envelope's other fields) is no record.
 */
export function createValueSplitter(start: number): RecordSplitter {
  let line = 1;
  let position = start;
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  // Depth at which records begin: 0 between top-level objects, 1 in an array, deeper in an envelope.
  let recordDepth = 0;
  let value: OpenValue | null = null;
  const open = createGrowingBuffer();
  // What an envelope is known by: the last string, and the keys it became at depth 1 and 2.
  let lastString = '';
  let outerKey = '';
  let innerKey = '';
  // The chunk at hand, and from where in it the open value is still to be taken.
  let chunk: Buffer = Buffer.alloc(0);
  let held = 0;
  let emitTo: (record: SourceRecord) => void = () => {};

  function isEnvelopeArray(): boolean {
    if (depth === 1) return envelopeKeys.has(outerKey);
    return depth === 2 && outerKey === nestedKey && innerKey === nestedKey;
  }

  function openBracket(byte: number): void {
    if (recordDepth === 0 && byte === OPEN_BRACKET && (depth === 0 || isEnvelopeArray())) {
      // Whatever was held of an object is forgotten now that it turned out to be an envelope.
      value = null;
      recordDepth = depth + 1;
    }
    if (recordDepth === 0 && depth === 1) innerKey = '';
    depth += 1;
  }

  function endOfString(byte: number): boolean {
    if (isEscaped) isEscaped = false;
    else if (byte === BACKSLASH) isEscaped = true;
    else if (byte === QUOTE) return true;
    if (recordDepth === 0 && lastString.length <= LONGEST_KEY) lastString += String.fromCharCode(byte);
    return false;
  }

  function closeAt(end: number): void {
    if (value === null) return;
    hold(value, open, chunk.subarray(held, end));
    emitTo(finished(value, open.bytes(), true));
    value = null;
  }

  function inString(byte: number, at: number): void {
    isInString = !endOfString(byte);
    if (!isInString && value?.isScalar) closeAt(at + 1);
  }

  function closeBracket(at: number): void {
    if (value?.isScalar) closeAt(at);
    depth = Math.max(0, depth - 1);
    if (depth === recordDepth) closeAt(at + 1);
    if (depth < recordDepth) recordDepth = 0;
  }

  /** White space and commas: a number or a word ends here, and an envelope's key is over. */
  function between(byte: number, at: number): void {
    if (value?.isScalar) closeAt(at);
    if (byte === COMMA && depth === 1) outerKey = '';
  }

  function token(byte: number, at: number): void {
    if (value === null && depth === recordDepth) {
      value = opened(byte, position + at, line);
      open.clear();
      held = at;
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) openBracket(byte);
    else if (byte === QUOTE) [isInString, lastString] = [true, ''];
    else if (byte === COLON && depth === 1) outerKey = lastString;
    else if (byte === COLON && depth === 2) innerKey = lastString;
  }

  function step(byte: number, at: number): void {
    if (byte === LF) line += 1;
    if (isInString) inString(byte, at);
    else if (byte <= SPACE || byte === COMMA) between(byte, at);
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) closeBracket(at);
    else token(byte, at);
  }

  function push(next: Buffer, emit: (record: SourceRecord) => void): void {
    chunk = next;
    emitTo = emit;
    held = 0;
    for (let at = 0; at < chunk.length; at += 1) step(chunk[at] ?? 0, at);
    if (value !== null) hold(value, open, chunk.subarray(held));
    position += chunk.length;
  }

  function end(emit: (record: SourceRecord) => void): void {
    if (value !== null) emit(finished(value, open.bytes(), value.isScalar && !isInString));
    value = null;
  }

  return { push, end };
}

type OpenValue = {
  readonly line: number;
  readonly from: number;
  readonly isScalar: boolean;
  length: number;
};

function opened(byte: number, from: number, line: number): OpenValue {
  return { line, from, isScalar: byte !== OPEN_BRACE && byte !== OPEN_BRACKET, length: 0 };
}

/** Keeps a value only while it may still be read; of a longer one the beginning is enough. */
function hold(value: OpenValue, open: GrowingBuffer, bytes: Buffer): void {
  const isHeld = value.length <= MAX_RECORD_BYTES;
  value.length += bytes.length;
  if (isHeld) open.add(bytes.subarray(0, MAX_RECORD_BYTES + 1));
}

function finished(value: OpenValue, held: Buffer, isTerminated: boolean): SourceRecord {
  const isTooLong = value.length > MAX_RECORD_BYTES;
  const content: RecordContent = isTooLong
    ? { kind: 'too-long', bytes: Buffer.from(held.subarray(0, KEPT_BYTES)), length: value.length }
    : contentOf(Buffer.from(held));
  const to = value.from + value.length;
  return { line: value.line, from: value.from, to, next: to, isTerminated, content };
}
