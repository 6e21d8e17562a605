import { checkEnd, checkText, checkTraces } from './check-names.ts';
import type { FlowRecord, ParseError } from './flow-record.ts';

// No collector that Flowloom reads existed before 2015: an earlier time is a clock that was not set.
const OLDEST_MS = Date.UTC(2015, 0, 1);
// Clocks drift by seconds; an hour covers a zone mistaken at a change to summer time.
const MAX_AHEAD_MS = 3_600_000;
// Flushes are minutes apart. Longer records come of broken clocks and would not fit the column.
const MAX_SPAN_MS = 7 * 86_400_000;
// The last instant that a Date can name.
const LAST_DATE_MS = 8.64e15;
const MAX_INT32 = 2_147_483_647;

/** What no source can mean, whatever the format; null for a record that can be stored. */
export function checkRecord(record: FlowRecord, nowMs: number): ParseError | null {
  return (
    checkTimes(record, nowMs) ??
    checkCounters(record) ??
    checkEnd(record.client, 'client') ??
    checkEnd(record.server, 'server') ??
    checkText(record.node, 'node') ??
    checkText(record.dropReason, 'dropReason') ??
    checkText(record.protocol, 'protocol') ??
    checkTraces(record.traces)
  );
}

function checkTimes(record: FlowRecord, nowMs: number): ParseError | null {
  const { startedAtMs, endedAtMs } = record;
  if (!Number.isSafeInteger(startedAtMs) || !Number.isSafeInteger(endedAtMs)) {
    return wrong('bad-time', 'startedAtMs', 'the time is no instant: correct the exporter or the line');
  }
  const error = checkTime(startedAtMs, nowMs);
  if (error !== null) return error;
  const latestMs = nowMs + MAX_AHEAD_MS;
  if (endedAtMs > latestMs) return inFuture('endedAtMs', `ends at ${textOf(endedAtMs)}`);
  if (endedAtMs < startedAtMs) {
    return wrong(
      'end-before-start',
      'endedAtMs',
      'the record ends before it starts: correct the exporter or the line',
    );
  }
  if (endedAtMs - startedAtMs > MAX_SPAN_MS) {
    return wrong(
      'span-too-long',
      'endedAtMs',
      'the record spans more than seven days: check the clock of the exporter',
    );
  }
  return null;
}

/** A record without an end of its own can have no other time that is wrong. */
export function checkTime(startedAtMs: number, nowMs: number): ParseError | null {
  if (startedAtMs < OLDEST_MS) {
    const message = `the record starts at ${textOf(startedAtMs)}, before 2015: set the exporter's clock, or correct the unit of time`;
    return wrong('time-too-old', 'startedAtMs', message);
  }
  if (startedAtMs > nowMs + MAX_AHEAD_MS) return inFuture('startedAtMs', `starts at ${textOf(startedAtMs)}`);
  return null;
}

function inFuture(field: string, what: string): ParseError {
  const message = `the record ${what}, more than an hour ahead of this machine: set both clocks (NTP) or correct the unit of time, then ingest it again`;
  return wrong('time-in-future', field, message);
}

/** ISO 8601; the bare number where that cannot be written. */
function textOf(ms: number): string {
  return Math.abs(ms) <= LAST_DATE_MS ? new Date(ms).toISOString() : `${ms} ms`;
}

function checkCounters(record: FlowRecord): ParseError | null {
  const { flows, connections, bytes, packets, sampling } = record;
  if (flows < 0) return negative('flows');
  if (connections !== null && connections < 0) return negative('connections');
  if (bytes !== null && bytes < 0) return negative('bytes');
  if (packets !== null && packets < 0) return negative('packets');
  if (sampling < 1 || sampling > MAX_INT32) {
    return wrong(
      'bad-sampling',
      'sampling',
      'a sampling rate is 1 or more: correct the exporter or the line',
    );
  }
  if (flows > MAX_INT32) return tooLarge('flows');
  if (connections !== null && connections > MAX_INT32) return tooLarge('connections');
  if (!Number.isSafeInteger(bytes ?? 0)) return tooLarge('bytes');
  return Number.isSafeInteger(packets ?? 0) ? null : tooLarge('packets');
}

function negative(field: string): ParseError {
  return wrong('negative-counter', field, `${field} is negative: correct the exporter or the line`);
}

function tooLarge(field: string): ParseError {
  return wrong(
    'counter-too-large',
    field,
    `${field} is larger than can be kept: correct the exporter or the line`,
  );
}

function wrong(code: string, field: string, message: string): ParseError {
  return { code, field, message };
}
