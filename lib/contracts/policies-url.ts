import {
  parseInstant,
  parseRange,
  parseVia,
  readableQuery,
  type TimeRange,
  writeInstant,
  writeRange,
} from './url-state.ts';

/** The state of the policies page that people share by its address. Parse and build are each other's inverse. */

/** A rule by its place among the rules of its direction, from 0. */
export type RuleRef = { readonly direction: 'ingress' | 'egress'; readonly index: number };

export const policyTabs = ['yaml', 'history', 'selects'] as const;

export type PolicyTab = (typeof policyTabs)[number];

export type PoliciesState = {
  /** null: the cluster that was ingested last. */
  readonly cluster: string | null;
  /** As they were then, in UTC milliseconds; null: as they are. */
  readonly atMs: number | null;
  /** What hits are counted over. */
  readonly range: TimeRange;
  /** What names, namespaces, kinds and selectors have to contain; '' for all. */
  readonly text: string;
  /** The policy that is open, by its id. */
  readonly policy: string | null;
  /** A rule to point at, as where an edge comes from that it decided. */
  readonly rule: RuleRef | null;
  readonly tab: PolicyTab;
  /** The share link that one came by; null: by none. */
  readonly via: string | null;
};

const defaultRange: TimeRange = { kind: 'preset', preset: '7d' };

export const defaultPolicies: PoliciesState = {
  cluster: null,
  atMs: null,
  range: defaultRange,
  text: '',
  policy: null,
  rule: null,
  tab: 'yaml',
  via: null,
};

export function parsePoliciesState(query: Pick<URLSearchParams, 'get'>): PoliciesState {
  const tab = query.get('tab');
  return {
    cluster: query.get('cluster') || null,
    atMs: parseInstant(query.get('at')),
    range: parseRange(query, defaultRange),
    text: query.get('search') ?? '',
    policy: query.get('policy') || null,
    rule: parseRule(query.get('rule')),
    tab: policyTabs.find((known) => known === tab) ?? 'yaml',
    via: parseVia(query.get('via')),
  };
}

/** `''` or `?…`, without what is the default anyway. */
export function buildPoliciesQuery(state: PoliciesState): string {
  const { cluster, atMs, range, text, policy, rule, tab, via } = state;
  const query = new URLSearchParams();
  if (cluster !== null) query.set('cluster', cluster);
  if (atMs !== null) query.set('at', writeInstant(atMs));
  writeRange(query, range, defaultRange);
  if (text !== '') query.set('search', text);
  if (policy !== null) query.set('policy', policy);
  if (rule !== null) query.set('rule', `${rule.direction}:${rule.index}`);
  if (tab !== 'yaml') query.set('tab', tab);
  if (via !== null) query.set('via', via);
  return readableQuery(query);
}

function parseRule(text: string | null): RuleRef | null {
  const [, direction, index] = /^(ingress|egress):(\d{1,5})$/.exec(text ?? '') ?? [];
  if (direction !== 'ingress' && direction !== 'egress') return null;
  return { direction, index: Number(index) };
}
