import { paintChange } from './change.ts';
import type { Overlay } from './overlay.ts';

/** What a draft would change: policies that are written here and nowhere in force. */
export const draftOverlay: Overlay = {
  name: 'draft',
  title: 'Draft',
  about: 'Paste or edit policies, and see what they would deny and allow',
  isAsked: true,
  paint: (document) =>
    paintChange(document, {
      denied: 'denied',
      allowed: 'gained',
      words: {
        denied: 'newly denied',
        allowed: 'newly allowed',
        none: 'the draft changes nothing here',
        waiting: 'no draft is on the picture yet',
      },
    }),
};

/** What the address says of the draft: one that was tried, a policy to begin with, or an empty sheet. */
export type DraftRef =
  | { readonly kind: 'tried'; readonly id: string }
  | { readonly kind: 'of-policy'; readonly policy: string }
  | { readonly kind: 'new' };

const policyMark = 'draft:of:';

/** null where the address is about another overlay. */
export function parseDraftRef(overlay: string): DraftRef | null {
  if (overlay === 'draft') return { kind: 'new' };
  if (overlay.startsWith(policyMark)) return { kind: 'of-policy', policy: overlay.slice(policyMark.length) };
  const id = /^draft:([\w-]{8,64})$/.exec(overlay)?.[1];
  if (id !== undefined) return { kind: 'tried', id };
  return overlay.startsWith('draft:') ? { kind: 'new' } : null;
}

/** The address of a draft that begins with a policy of the cluster. */
export function draftOfPolicy(policy: string): string {
  return `${policyMark}${policy}`;
}
