import { detectFormat } from './detect-format.ts';
import { isObject } from './json-fields.ts';

/** Where shippers put a line that they did not parse: Fluent Bit and container runtimes, Vector and Fluentd. */
const lineKeys = ['log', 'message'] as const;

/**
 * The line inside of what a shipper made of it (`{"log":"…"}`, `{"message":"…","file":"…"}`), null where a
 * text is no such thing.
 */
export function lineInEnvelope(text: string): string | null {
  if (!lineKeys.some((key) => text.includes(`"${key}"`))) return null;
  const json = objectOrNull(text);
  for (const key of lineKeys) {
    const line = json?.[key];
    if (typeof line === 'string' && line.trim() !== '') return line.trim();
  }
  return null;
}

/** The line inside where there is one of a known format, else the text itself. */
export function unwrapped(text: string): string {
  return isEnvelope(text) ? (lineInEnvelope(text) ?? text) : text;
}

/** True where a text is an envelope around a line of a known format, whatever else the envelope looks like. */
export function isEnvelope(text: string): boolean {
  const line = lineInEnvelope(text);
  return line !== null && detectFormat([line]) !== null;
}

function objectOrNull(text: string): Readonly<Record<string, unknown>> | null {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
