import { readInstant, type Span } from '#lib/flows/instant.ts';
import { type Complaint, complain, type JsonObject, readText, shown } from '#lib/flows/json-fields.ts';
import { protocolOfNumber, protocolOfText, unknownProtocol } from '#lib/flows/protocol.ts';
import type { Reporter, Verdict } from '#lib/flows/verdict.ts';
import { orNull } from './calico-endpoint.ts';

/** The fields of a Calico Enterprise flow log that belong to the record, not to its ends. */

/** By `@timestamp` where the record has neither start nor end; null where it has no time at all. */
export function readTimes(log: JsonObject, complaint: Complaint): Span | null {
  const start = readInstant(log, 'start_time', 1000, complaint);
  const end = readInstant(log, 'end_time', 1000, complaint);
  const startedAtMs = start ?? end ?? readInstant(log, '@timestamp', 1, complaint);
  return startedAtMs === null ? null : { startedAtMs, endedAtMs: end ?? startedAtMs };
}

/** `src`, `dst`, or a list such as `dst, fwd`: forwarding is what remains when neither end logged. */
export function readReporter(log: JsonObject, complaint: Complaint): Reporter | 'forwarded' {
  const text = orNull(readText(log.reporter, 'reporter', '', complaint));
  if (text === null) return 'unknown';
  if (text === 'src') return 'source';
  if (text === 'dst') return 'destination';
  const words = text.split(',').map((word) => word.trim());
  if (words.every((word) => word === 'src' || word === 'dst' || word === 'fwd')) {
    return words.includes('src') ? 'source' : words.includes('dst') ? 'destination' : 'forwarded';
  }
  complain(
    complaint,
    'unknown-reporter',
    'reporter',
    `reporter must be src, dst or fwd, but is ${shown(text)}`,
  );
  return 'unknown';
}

/** Calico allows or denies; nothing else is in its flow logs. */
export function readVerdict(log: JsonObject, complaint: Complaint): Verdict {
  if (log.action === 'allow') return 'allowed';
  if (log.action === 'deny') return 'denied';
  const message = `action must be allow or deny, but is ${shown(log.action)}: correct the exporter or the line`;
  complain(complaint, log.action === undefined ? 'missing-action' : 'unknown-action', 'action', message);
  return 'allowed';
}

/** `proto` is a name, or a number where Calico has no name for it. */
export function readProtocol(log: JsonObject, complaint: Complaint): string {
  if (typeof log.proto === 'number') return protocolOfNumber(log.proto);
  const text = orNull(readText(log.proto, 'proto', '', complaint));
  return text === null ? unknownProtocol : protocolOfText(text);
}
