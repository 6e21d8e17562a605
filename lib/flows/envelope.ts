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

function objectOrNull(text: string): Readonly<Record<string, unknown>> | null {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
