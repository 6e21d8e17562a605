import { detectFormat } from '#lib/flows/detect-format.ts';
import { unwrapped } from '#lib/flows/envelope.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import type { KnownLines } from '#lib/flows/known-lines.ts';

import { isObject } from './json-object.ts';
import { createLineSplitter, type RecordSplitter } from './line-splitter.ts';
import type { SourceRecord } from './source-record.ts';
import { createValueSplitter } from './value-splitter.ts';

/** How records lie in an input: one per line, or as JSON values in an array, an envelope or printed over lines. */
export type InputShape = 'lines' | 'values';

/** As much of the beginning as is looked at before the first record is read. */
export const HEAD_BYTES = 256 << 10;

// The format shows in the first flow; streams may begin with node events and damaged lines.
const LOOKED_AT = 100;

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** Where the records begin: behind a byte order mark. */
export function startOf(head: Buffer): number {
  return head.subarray(0, BOM.length).equals(BOM) ? BOM.length : 0;
}

/**
 * Lines unless the beginning shows otherwise: a damaged line must not swallow the lines after it, which
 * counting brackets would do.
 */
export function inputShape(head: Buffer): InputShape {
  const text = head.subarray(startOf(head)).toString('utf8').trimStart();
  if (text.startsWith('[')) return 'values';
  if (!text.startsWith('{')) return 'lines';
  const end = text.indexOf('\n');
  const first = (end < 0 ? text : text.slice(0, end)).trim();
  if (first === '{') return 'values';
  const parsed = parsedOrNull(first);
  if (isObject(parsed)) return isListEnvelope(parsed) ? 'values' : 'lines';
  return opensEnvelope(head.subarray(startOf(head))) ? 'values' : 'lines';
}

/** Splits an input of this shape, whose beginning this is. */
export function createSplitter(head: Buffer, knownLines?: () => KnownLines | null): RecordSplitter {
  const start = startOf(head);
  return inputShape(head) === 'lines' ? createLineSplitter(start, knownLines) : createValueSplitter(start);
}

/** The format that the first records show, null where none does. */
export function formatOfHead(head: Buffer): SourceKind | null {
  const texts: string[] = [];
  const note = ({ content }: SourceRecord): void => {
    if (content?.kind === 'text' && texts.length < LOOKED_AT) texts.push(content.text);
  };
  const splitter = createSplitter(head);
  splitter.push(head.subarray(startOf(head)), note);
  splitter.end(note);
  return detectFormat(texts.map(unwrapped));
}

function isListEnvelope(value: Readonly<Record<string, unknown>>): boolean {
  const hits = value.hits;
  return (
    Array.isArray(value.items) || Array.isArray(value.flows) || (isObject(hits) && Array.isArray(hits.hits))
  );
}

/** True where the beginning of one long line, or an envelope printed over lines, reaches its records. */
function opensEnvelope(head: Buffer): boolean {
  let isOpened = false;
  const splitter = createValueSplitter(0);
  // Only an envelope hands out a value that begins behind the first byte of the head.
  const look = (record: { readonly from: number }): void => {
    if (record.from > head.indexOf('{')) isOpened = true;
  };
  splitter.push(head.subarray(0, firstLineEnd(head)), look);
  splitter.end(look);
  return isOpened;
}

/** A broken first line followed by good ones is no envelope: do not look past the second line's begin. */
function firstLineEnd(head: Buffer): number {
  const first = head.indexOf('\n');
  if (first < 0) return head.length;
  const second = head.indexOf('\n', first + 1);
  return second < 0 ? head.length : second;
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
