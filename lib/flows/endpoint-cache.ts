import { boundedMap } from './bounded-map.ts';
import type { EndpointIdentity } from './endpoint.ts';
import { type Complaint, complain } from './json-fields.ts';

type Entry = {
  readonly parts: readonly Part[];
  readonly labels: readonly unknown[] | null;
  readonly end: EndpointIdentity;
};

type Part = string | number | null;

/**
 * Endpoints repeat from line to line and their label lists are long. The answer is kept by a key and
 * taken again only where everything that it came from (`parts` and `labels`) is equal, so a bad key
 * costs time and never an answer. `path` is where the labels stand.
 */
export type EndpointCache = (
  key: string,
  parts: readonly Part[],
  labels: readonly unknown[] | null,
  path: string,
  make: (labels: readonly string[] | null) => EndpointIdentity,
) => EndpointIdentity;

// More than the pods of most clusters, and still some tens of megabytes.
const ENDPOINT_LIMIT = 50_000;

export function createEndpointCache(complaint: Complaint): EndpointCache {
  const known = boundedMap<string, Entry>(ENDPOINT_LIMIT);
  return (key, parts, labels, path, make) => {
    const hit = known.get(key);
    if (hit !== undefined && isSameList(hit.parts, parts) && isSameLabels(hit.labels, labels)) return hit.end;
    const end = make(textOnly(labels, `${path}labels`, complaint));
    if (complaint.first === null) known.set(key, { parts, labels, end });
    return end;
  };
}

function isSameLabels(a: readonly unknown[] | null, b: readonly unknown[] | null): boolean {
  return a === null || b === null ? a === b : isSameList(a, b);
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}

function textOnly(
  list: readonly unknown[] | null,
  path: string,
  complaint: Complaint,
): readonly string[] | null {
  if (list === null) return null;
  const texts: string[] = [];
  for (const [index, item] of list.entries()) {
    const field = `${path}[${index}]`;
    if (typeof item === 'string') texts.push(item);
    else complain(complaint, 'wrong-type', field, `${field} must be text: correct the exporter or the line`);
  }
  return texts;
}
