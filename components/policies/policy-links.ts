import { overlayOfPolicy } from '#lib/contracts/overlay.ts';
import type { PolicyItem } from '#lib/contracts/policies.ts';
import { buildScreenQuery, defaultState } from '#lib/contracts/url-state.ts';
import { draftOfPolicy } from '#lib/picture/overlay/draft.ts';

/** The graph with what a policy selects, and the edges of a window that its rules decided. */
export function graphOfPolicy(
  { id }: Pick<PolicyItem, 'id'>,
  cluster: string,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): string {
  const range = { kind: 'fixed' as const, fromMs, toMs };
  return `/${buildScreenQuery({ ...defaultState, cluster, range, overlay: overlayOfPolicy(id) })}`;
}

/** The graph with a draft that begins with this policy. */
export function tryChangeOf(policy: string, cluster: string): string {
  return `/${buildScreenQuery({ ...defaultState, cluster, overlay: draftOfPolicy(policy) })}`;
}
