import { isAscii, isUtf8 } from 'node:buffer';

import type { KnownLines, NewLine } from '#lib/flows/known-lines.ts';
import { createGrowingBuffer } from './growing-buffer.ts';
import { KEPT_BYTES, MAX_RECORD_BYTES, type RecordContent, type SourceRecord } from './source-record.ts';

const LF = 10;
const CR = 13;
const nothing = Buffer.alloc(0);

/** Takes the bytes of an input in order and hands out its records. Any chunking gives the same ones. */
export type RecordSplitter = {
  readonly push: (chunk: Buffer, emit: (record: SourceRecord) => void) => void;
  readonly end: (emit: (record: SourceRecord) => void) => void;
};

/**
 * One record per line. Where no lines are known, all whole lines of a chunk are decoded at once, and only a
 * chunk with letters beyond ASCII is looked at line by line.
 */
export function createLineSplitter(
  start: number,
  knownLines: () => KnownLines | null = () => null,
): RecordSplitter {
  const open = createGrowingBuffer();
  // Length of the open line where it is too long to be held, and its beginning.
  let overlong = 0;
  let beginning: Buffer = nothing;
  let position = start;
  let line = 1;

  function emitLine(
    bytes: Buffer,
    isTerminated: boolean,
    emit: (record: SourceRecord) => void,
    isPlain = false,
    made: NewLine | null = null,
  ): void {
    const hasCr = isTerminated && bytes.at(-1) === CR && bytes.length <= MAX_RECORD_BYTES;
    const content = contentOf(hasCr ? bytes.subarray(0, -1) : bytes, isPlain);
    const to = position + bytes.length;
    const next = isTerminated ? to + 1 : to;
    emit({ line, from: position, to, next, isTerminated, content, made });
    position = next;
    line += 1;
  }

  function emitRegion(region: Buffer, emit: (record: SourceRecord) => void): void {
    const known = knownLines();
    if (known !== null) {
      emitKnown(region, known, emit);
      return;
    }
    if (!isAscii(region)) {
      for (let from = 0; from < region.length; ) {
        const end = region.indexOf(LF, from);
        emitLine(region.subarray(from, end), true, emit);
        from = end + 1;
      }
      return;
    }
    const text = region.toString('latin1');
    for (let from = 0; from < text.length; ) {
      const end = text.indexOf('\n', from);
      const length = end - from;
      if (length > MAX_RECORD_BYTES) {
        emitLine(region.subarray(from, end), true, emit);
      } else {
        const cut = length > 0 && text.charCodeAt(end - 1) === CR ? end - 1 : end;
        emit({
          line,
          from: position,
          to: position + length,
          next: position + length + 1,
          isTerminated: true,
          content: { kind: 'text', text: text.slice(from, cut) },
        });
        position += length + 1;
        line += 1;
      }
      from = end + 1;
    }
  }

  /** No text is made of lines that an earlier one was like. */
  function emitKnown(region: Buffer, known: KnownLines, emit: (record: SourceRecord) => void): void {
    known.look(region);
    const isPlain = isAscii(region);
    for (let from = 0; from < region.length; ) {
      const found = known.find(from);
      if (found?.kind === 'known') {
        const to = position + found.to - from;
        emit({ line, from: position, to, next: to + 1, isTerminated: true, content: null, known: found });
        position = to + 1;
        line += 1;
        from = found.to + 1;
      } else {
        const end = found === null ? region.indexOf(LF, from) : found.to;
        emitLine(region.subarray(from, end), true, emit, isPlain, found);
        from = end + 1;
      }
    }
  }

  function emitOverlong(isTerminated: boolean, emit: (record: SourceRecord) => void): void {
    const to = position + overlong;
    const next = isTerminated ? to + 1 : to;
    const content: RecordContent = { kind: 'too-long', bytes: beginning, length: overlong };
    emit({ line, from: position, to, next, isTerminated, content });
    position = next;
    line += 1;
    overlong = 0;
    beginning = nothing;
  }

  function hold(rest: Buffer): void {
    const length = open.length() + rest.length;
    if (length <= MAX_RECORD_BYTES) {
      open.add(rest);
      return;
    }
    beginning = Buffer.concat([open.bytes(), rest], KEPT_BYTES);
    overlong = length;
    open.clear();
  }

  function push(given: Buffer, emit: (record: SourceRecord) => void): void {
    let chunk = given;
    if (overlong > 0) {
      const end = chunk.indexOf(LF);
      overlong += end < 0 ? chunk.length : end;
      if (end < 0) return;
      emitOverlong(true, emit);
      chunk = chunk.subarray(end + 1);
    }
    if (open.length() > 0) {
      const end = chunk.indexOf(LF);
      if (end >= 0) {
        // With its line end, as it stands in a region.
        const isWhole = open.length() + end <= MAX_RECORD_BYTES;
        open.add(chunk.subarray(0, isWhole ? end + 1 : end));
        if (isWhole) emitRegion(open.bytes(), emit);
        else emitLine(Buffer.from(open.bytes()), true, emit);
        open.clear();
        chunk = chunk.subarray(end + 1);
      }
    }
    const last = chunk.lastIndexOf(LF);
    if (last >= 0) emitRegion(chunk.subarray(0, last + 1), emit);
    const rest = chunk.subarray(last + 1);
    if (rest.length > 0) hold(rest);
  }

  function end(emit: (record: SourceRecord) => void): void {
    if (overlong > 0) emitOverlong(false, emit);
    else if (open.length() > 0) emitLine(Buffer.from(open.bytes()), false, emit);
    open.clear();
  }

  return { push, end };
}

/** Decodes the bytes of one record, or says why that cannot be done; `isPlain` where they are known to be ASCII. */
export function contentOf(bytes: Buffer, isPlain = false): RecordContent {
  if (bytes.length > MAX_RECORD_BYTES) {
    return { kind: 'too-long', bytes: bytes.subarray(0, KEPT_BYTES), length: bytes.length };
  }
  if (isPlain) return { kind: 'text', text: bytes.toString('latin1') };
  if (!isUtf8(bytes)) return { kind: 'invalid-utf8', bytes, column: firstInvalidByte(bytes) + 1 };
  return { kind: 'text', text: bytes.toString('utf8') };
}

/** Decoding puts a replacement for every invalid byte: the first difference is the place. */
function firstInvalidByte(bytes: Buffer): number {
  const repaired = Buffer.from(bytes.toString('utf8'));
  return bytes.findIndex((byte, index) => byte !== repaired[index]);
}
