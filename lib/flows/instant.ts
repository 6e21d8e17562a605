import { type Complaint, complain, type JsonObject, shown } from './json-fields.ts';
import { parseTimestamp } from './timestamp.ts';

/** When a record began and ended. */
export type Span = { readonly startedAtMs: number; readonly endedAtMs: number };

/** A number in the given unit (also as text, as protojson writes 64-bit integers) or RFC 3339 text. */
export function readInstant(
  json: JsonObject,
  key: string,
  unitMs: number,
  complaint: Complaint,
): number | null {
  const value = json[key];
  if (value === undefined || value === null || value === '' || value === '-') return null;
  const instant = instantOf(value, unitMs);
  if (instant !== null && Number.isSafeInteger(instant)) return instant;
  const message = `${key} must be a Unix time or RFC 3339 text, but is ${shown(value)}: correct the exporter`;
  complain(complaint, 'bad-time', key, message);
  return null;
}

function instantOf(value: unknown, unitMs: number): number | null {
  if (typeof value === 'number') return Math.floor(value * unitMs);
  if (typeof value !== 'string') return null;
  return /^\d{1,14}$/.test(value) ? Number(value) * unitMs : parseTimestamp(value);
}
