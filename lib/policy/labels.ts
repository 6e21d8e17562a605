/** All labels of something: a key that is not there is absent. */
export type CompleteLabels = ReadonlyMap<string, string>;

/**
 * What is known of the labels of something. Flow logs carry the intersection over many pods, so that
 * a key which is missing there may still be on the pod that sent the packet.
 */
export type Labels = {
  readonly known: CompleteLabels;
  /** Keys that are certainly not there; nothing to add where the set is complete. */
  readonly absent: ReadonlySet<string>;
  readonly isComplete: boolean;
};

/** A label's value, null where it is certainly absent, undefined where that is not known. */
export type LabelLookup = (key: string) => string | null | undefined;

export function completeLabels(entries: Iterable<readonly [string, string]>): Labels {
  return { known: new Map(entries), absent: new Set(), isComplete: true };
}

export function partialLabels(
  entries: Iterable<readonly [string, string]>,
  absent: Iterable<string> = [],
): Labels {
  return { known: new Map(entries), absent: new Set(absent), isComplete: false };
}

export function lookUp(labels: Labels, key: string): string | null | undefined {
  const value = labels.known.get(key);
  if (value !== undefined) return value;
  return labels.isComplete || labels.absent.has(key) ? null : undefined;
}
