import { formatInstant } from '#components/ui/format-time.ts';
import { buildPoliciesQuery, defaultPolicies } from '#lib/contracts/policies-url.ts';
import type { PolicyChange, PolicyChanges } from '#lib/contracts/policy-changes.ts';
import type { SpanMs } from './span-of.ts';

/** One change behind a flag, in the words of the timeline, and where what became of it is shown. */
export type FlaggedChange = {
  readonly key: string;
  /** `policy shop/cart-in`. */
  readonly name: string;
  readonly what: PolicyChange['change'];
  /** null for what has no history of its own on the policies page: a tier, a set. */
  readonly href: string | null;
};

/** Changes that stand too close to each other for two flags, from the first to the last. */
export type ChangeFlag = {
  readonly atMs: number;
  readonly lastAtMs: number;
  readonly changes: readonly FlaggedChange[];
  /** How many more there are. */
  readonly leftOut: number;
};

/** Flags stand at least this part of the strip apart: about the width of one. */
const leastApart = 1 / 60;

/** The wire's document → the flags on a stretch of time, by time. */
export function flagsOf(
  { cluster, changes }: PolicyChanges,
  { fromMs, toMs }: SpanMs,
): readonly ChangeFlag[] {
  const apartMs = (toMs - fromMs) * leastApart;
  const flags: ChangeFlag[] = [];
  for (const { at, objects, objectsLeftOut } of changes) {
    const atMs = Date.parse(at);
    if (atMs < fromMs || atMs >= toMs) continue;
    const found = objects.map((object) => flagged(cluster, object, atMs));
    const last = flags.at(-1);
    if (last !== undefined && atMs - last.atMs < apartMs) {
      flags[flags.length - 1] = {
        ...last,
        lastAtMs: atMs,
        changes: [...last.changes, ...found],
        leftOut: last.leftOut + objectsLeftOut,
      };
    } else flags.push({ atMs, lastAtMs: atMs, changes: found, leftOut: objectsLeftOut });
  }
  return flags;
}

function flagged(cluster: string, object: PolicyChange, atMs: number): FlaggedChange {
  const { id, kind, namespace, name, change } = object;
  return {
    key: `${atMs} ${kind} ${namespace} ${name}`,
    name: `${nounOf(kind)} ${namespace === '' ? name : `${namespace}/${name}`}`,
    what: change,
    href: id === null ? null : historyHref(cluster, id, change === 'deleted' ? atMs - 1 : null),
  };
}

/** A policy that is gone is shown as it last was. */
function historyHref(cluster: string, policy: string, atMs: number | null): string {
  return `/policies${buildPoliciesQuery({ ...defaultPolicies, cluster, policy, tab: 'history', atMs })}`;
}

function nounOf(kind: string): string {
  if (kind === 'Tier') return 'tier';
  if (kind.endsWith('NetworkSet')) return 'network set';
  return kind.endsWith('Policy') ? 'policy' : kind;
}

/** `policy shop/web changed`, `3 policies changed, 1 deleted`: what a flag is called. */
export function flagText({ changes, leftOut }: ChangeFlag): string {
  const [first] = changes;
  if (changes.length === 1 && leftOut === 0 && first !== undefined) return `${first.name} ${first.what}`;
  const counts = (['changed', 'appeared', 'deleted'] as const).flatMap((what) => {
    const count = changes.filter((change) => change.what === what).length;
    return count === 0 ? [] : [`${count} ${what}`];
  });
  return [`Policies: ${counts.join(', ')}`, ...(leftOut > 0 ? [`and ${leftOut} more`] : [])].join(', ');
}

/** When: of several changes the first and the last time. */
export function flagTime({ atMs, lastAtMs }: ChangeFlag): string {
  const [first, last] = [formatInstant(atMs), formatInstant(lastAtMs)];
  return first === last ? first : `${first} to ${last}`;
}
