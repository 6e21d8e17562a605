import type { FlowEndpoint, ParseError } from './flow-record.ts';
import type { PolicyHit, PolicyTrace } from './policy-trace.ts';

/**
 * What no name can be. Every name becomes a row of a dimension that stays, so one broken or hostile line
 * must not be able to leave a megabyte there.
 */

// Kubernetes names end at 253 characters, DNS names at 255, and a label (prefix, name, value) at 381.
const MAX_NAME = 512;
// Kubernetes sets no number; real pods have some tens, and hundreds of labels are no way to tell workloads apart.
const MAX_LABELS = 256;
// As many policies as anybody could read in an explanation, in either direction.
const MAX_HITS = 1024;

/**
 * What was looked at and found good, by the lists that readers hand out again for the same endpoint and
 * the same policies.
 */
const goodEnds = new WeakMap<readonly string[], FlowEndpoint>();
const goodHits = new WeakSet<readonly PolicyHit[]>();

export function checkEnd(end: FlowEndpoint, side: 'client' | 'server'): ParseError | null {
  const good = end.labels === null ? undefined : goodEnds.get(end.labels);
  if (good !== undefined && hasSameNames(good, end)) return null;
  const error = checkNames(end, side);
  if (error === null && end.labels !== null) goodEnds.set(end.labels, end);
  return error;
}

function hasSameNames(a: FlowEndpoint, b: FlowEndpoint): boolean {
  return (
    a.name === b.name &&
    a.namespace === b.namespace &&
    a.pod === b.pod &&
    a.cluster === b.cluster &&
    a.workloadKind === b.workloadKind
  );
}

function checkNames(end: FlowEndpoint, side: 'client' | 'server'): ParseError | null {
  return (
    checkText(end.name, `${side}.name`) ??
    checkText(end.namespace, `${side}.namespace`) ??
    checkText(end.pod, `${side}.pod`) ??
    checkText(end.cluster, `${side}.cluster`) ??
    checkText(end.workloadKind, `${side}.workloadKind`) ??
    checkLabels(end.labels, side)
  );
}

function checkLabels(labels: readonly string[] | null, side: 'client' | 'server'): ParseError | null {
  if (labels === null) return null;
  if (labels.length > MAX_LABELS) {
    const message = `${side} has ${labels.length} labels, and at most ${MAX_LABELS} are read: this is no pod's`;
    return { code: 'too-many-labels', field: `${side}.labels`, message };
  }
  for (const label of labels) {
    const error = checkText(label, `${side}.labels`);
    if (error !== null) return error;
  }
  return null;
}

export function checkTraces(traces: readonly PolicyTrace[]): ParseError | null {
  for (const { direction, enforced, pending } of traces) {
    const error = checkHits(enforced, direction) ?? checkHits(pending, direction);
    if (error !== null) return error;
  }
  return null;
}

function checkHits(hits: readonly PolicyHit[], direction: PolicyTrace['direction']): ParseError | null {
  if (goodHits.has(hits)) return null;
  if (hits.length > MAX_HITS) {
    const message = `the record names ${hits.length} policies, and at most ${MAX_HITS} are read: correct the exporter`;
    return { code: 'too-many-policies', field: direction, message };
  }
  for (const hit of hits) {
    const error =
      checkHit(hit, direction) ?? (hit.trigger === null ? null : checkHit(hit.trigger, direction));
    if (error !== null) return error;
  }
  goodHits.add(hits);
  return null;
}

function checkHit(hit: PolicyHit, direction: PolicyTrace['direction']): ParseError | null {
  return (
    checkText(hit.name, `${direction} policy`) ??
    checkText(hit.namespace, `${direction} policy namespace`) ??
    checkText(hit.tier, `${direction} policy tier`)
  );
}

/** `field` is the place in the record. */
export function checkText(text: string | null, field: string): ParseError | null {
  if (text === null) return null;
  if (text.length > MAX_NAME) {
    const message = `${field} is longer than ${MAX_NAME} characters: no such name exists`;
    return { code: 'text-too-long', field, message };
  }
  if (!text.includes('\0') && text.isWellFormed()) return null;
  const message = `${field} holds a NUL character or half a surrogate pair, which Postgres cannot store: correct the exporter`;
  return { code: 'nul-byte', field, message };
}
