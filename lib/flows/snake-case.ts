import { isObject, type JsonObject } from './json-fields.ts';

/**
 * protojson writes `podName` or `pod_name` as the exporter was told. Names with capitals at their
 * start (`IP`, `TCP`, `ICMPv4`, `Type`) are proto field names in both spellings.
 */
export function snakeCaseKeys(json: JsonObject): JsonObject {
  const renamed: { [key: string]: unknown } = Object.create(null);
  for (const [key, value] of Object.entries(json)) renamed[snakeCase(key)] = inside(value);
  return renamed;
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inside);
  return isObject(value) ? snakeCaseKeys(value) : value;
}

function snakeCase(key: string): string {
  if (!/^[a-z]/.test(key)) return key;
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
