import type { FlowRecord, ParseError } from '#lib/flows/flow-record.ts';

// Columns are int4, and the sum of very many records must still fit an int8.
const MOST_COUNT = 2 ** 31 - 1;
const MOST_AMOUNT = 2 ** 50;
const MOST_PORT = 65_535;

/**
 * What no column could hold, whatever the parser thought of it: one such record must not take the
 * good ones of its batch with it.
 */
export function unstorable(record: FlowRecord): ParseError | null {
  if (!isWhole(record.flows, MOST_COUNT)) return outOfRange('flows', record.flows);
  if (!isWholeOrNull(record.connections, MOST_COUNT)) return outOfRange('connections', record.connections);
  if (!isWholeOrNull(record.bytes, MOST_AMOUNT)) return outOfRange('bytes', record.bytes);
  if (!isWholeOrNull(record.packets, MOST_AMOUNT)) return outOfRange('packets', record.packets);
  if (!isWholeOrNull(record.client.port, MOST_PORT)) return outOfRange('client port', record.client.port);
  if (!isWholeOrNull(record.server.port, MOST_PORT)) return outOfRange('server port', record.server.port);
  if (!(record.endedAtMs >= record.startedAtMs)) return outOfRange('end', record.endedAtMs);
  return null;
}

function isWholeOrNull(value: number | null, most: number): boolean {
  return value === null || isWhole(value, most);
}

function isWhole(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most;
}

function outOfRange(field: string, value: number | null): ParseError {
  return {
    code: 'out-of-range',
    field,
    message: `${field} is ${value}, which no flow can have: the line was not taken`,
  };
}
