import type { PolicyItem } from '#lib/contracts/policies.ts';
import { buildScreenQuery, defaultState } from '#lib/contracts/url-state.ts';
import { draftOfPolicy } from '#lib/picture/overlay/draft.ts';

/** The graph with the edges of a window that a policy had a say in. */
export function graphOfPolicy(
  { namespace, name }: Pick<PolicyItem, 'namespace' | 'name'>,
  cluster: string,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): string {
  const full = namespace === '' ? name : `${namespace}/${name}`;
  const find = `policy == ${JSON.stringify(full)}`;
  const range = { kind: 'fixed' as const, fromMs, toMs };
  return `/${buildScreenQuery({ ...defaultState, cluster, range, find, overlay: 'policy' })}`;
}

/** The graph with a draft that begins with this policy. */
export function tryChangeOf(policy: string, cluster: string): string {
  return `/${buildScreenQuery({ ...defaultState, cluster, overlay: draftOfPolicy(policy) })}`;
}
