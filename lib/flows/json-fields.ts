import type { ParseError } from './flow-record.ts';

/**
 * Narrow readers over parsed JSON. A wrong type does not throw: the first one is kept in a Complaint,
 * reading goes on with null, and the format refuses the line at the end. (A schema library costs
 * several times JSON.parse per line; these cost nanoseconds.)
 */

export type JsonObject = { readonly [key: string]: unknown };

/** What is wrong with the line being read; one per parser, emptied before each line. */
export type Complaint = { first: ParseError | null };

/** Keeps the first thing that is wrong. */
export function complain(complaint: Complaint, code: string, field: string | null, message: string): void {
  complaint.first ??= { code, field, message };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object, or null where it is absent. The value of `key` in what stands at `path`, which ends in a dot. */
export function readObject(
  value: unknown,
  key: string,
  path: string,
  complaint: Complaint,
): JsonObject | null {
  if (value === undefined || value === null) return null;
  if (isObject(value)) return value;
  return wrongType(complaint, path + key, 'an object', value);
}

/** A list, or null where it is absent. */
export function readList(
  value: unknown,
  key: string,
  path: string,
  complaint: Complaint,
): readonly unknown[] | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value;
  return wrongType(complaint, path + key, 'a list', value);
}

/** Text, or null where it is absent or empty. */
export function readText(value: unknown, key: string, path: string, complaint: Complaint): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string') return value;
  return wrongType(complaint, path + key, 'text', value);
}

/** true or false, null where it is absent; protojson's BoolValue and the text forms of Loki labels too. */
export function readBoolean(value: unknown, key: string, path: string, complaint: Complaint): boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  if (value === 'false' || value === '') return false;
  return wrongType(complaint, path + key, 'true or false', value);
}

const wholeNumber = /^-?\d{1,16}$/;

/** A whole number, also as text (protojson writes 64-bit integers so), or null where it is absent. */
export function readInteger(value: unknown, key: string, path: string, complaint: Complaint): number | null {
  if (value === undefined || value === null || value === '') return null;
  const number = typeof value === 'string' && wholeNumber.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  complain(
    complaint,
    'bad-number',
    path + key,
    `${path + key} must be a whole number below 2^53, but is ${shown(value)}: correct the exporter or the line`,
  );
  return null;
}

/** A counter: a whole number of 0 or more, or null where it is absent. Each is looked at before it is added up. */
export function readCount(value: unknown, key: string, path: string, complaint: Complaint): number | null {
  const count = readInteger(value, key, path, complaint);
  if (count === null || count >= 0) return count;
  complain(
    complaint,
    'negative-counter',
    path + key,
    `${path + key} is negative (${count}): correct the exporter or the line`,
  );
  return null;
}

/** A port, or null where it is absent or 0 (no protocol serves on port 0; exporters write it for ICMP). */
export function readPort(value: unknown, key: string, path: string, complaint: Complaint): number | null {
  const port = readInteger(value, key, path, complaint);
  if (port === null || port === 0) return null;
  if (port > 0 && port <= 65_535) return port;
  complain(
    complaint,
    'bad-port',
    path + key,
    `${path + key} must be a port from 0 to 65535, but is ${port}: correct the exporter or the line`,
  );
  return null;
}

function wrongType(complaint: Complaint, field: string, wanted: string, value: unknown): null {
  complain(
    complaint,
    'wrong-type',
    field,
    `${field} must be ${wanted}, but is ${shown(value)}: check that the file is of the format named`,
  );
  return null;
}

/** A value as an error message shows it: short, whatever came. */
export function shown(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? kindOf(value) : JSON.stringify(value);
  return text === undefined ? 'absent' : text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function kindOf(value: object): string {
  return Array.isArray(value) ? 'a list' : 'an object';
}
