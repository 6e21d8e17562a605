import { endpointKinds } from '#lib/flows/flow-record.ts';

/** What a filter may speak of: one row per field, for the parser, the completion and the docs. */

export type FieldName = keyof typeof fields;

export type CounterName = keyof typeof counters;

type FieldTraits = {
  /** Whether each end has its own, so that `source.` and `dest.` may stand in front of it. */
  readonly ofEnds: boolean;
  readonly value: 'text' | 'number';
  /** All values there are, where they are few and fixed. */
  readonly words: readonly string[] | null;
  readonly about: string;
};

const text = (ofEnds: boolean, about: string, words: readonly string[] | null = null): FieldTraits => ({
  ofEnds,
  value: 'text',
  words,
  about,
});

export const fields = {
  cluster: text(true, 'cluster of an end'),
  namespace: text(true, 'namespace of an end'),
  workload: text(true, 'workload of an end'),
  name: text(true, 'name of an end of any kind: a workload, host, network set or domain'),
  kind: text(true, 'what an end is', endpointKinds),
  label: text(true, 'label of an end, as recorded in the window'),
  policy: text(true, 'policy that a record names: of the source egress, of the dest ingress'),
  tier: text(true, 'tier of a policy that a record names'),
  port: { ofEnds: false, value: 'number', words: null, about: "the server's port" },
  protocol: text(false, 'tcp, udp, sctp, icmp, …'),
  verdict: text(false, 'what became of the flow', ['allowed', 'denied', 'dropped']),
} as const satisfies Readonly<Record<string, FieldTraits>>;

/** Of the drawn edge, over the flows that the rest of the filter leaves. */
export const counters = {
  bytes: 'bytes of the edge, both directions',
  flows: 'flows of the edge, whatever their verdict',
  denied: 'denied flows of the edge',
  dropped: 'dropped flows of the edge',
} as const satisfies Readonly<Record<string, string>>;

export function traitsOf(name: FieldName): FieldTraits {
  return fields[name];
}

export function isFieldName(word: string): word is FieldName {
  return Object.hasOwn(fields, word);
}

export function isCounterName(word: string): word is CounterName {
  return Object.hasOwn(counters, word);
}

export const fieldNames: readonly FieldName[] = Object.keys(fields).filter(isFieldName);

export const counterNames: readonly CounterName[] = Object.keys(counters).filter(isCounterName);
