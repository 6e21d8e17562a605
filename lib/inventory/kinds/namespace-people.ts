import type { TextMap } from '../model.ts';

/**
 * Where people write who answers for a namespace, the surest first. Kubernetes has no rule of its own.
 * An annotation of that name is believed before a label, since labels hold no spaces and no `@`.
 */
const ownerKeys = [
  'owner',
  'team',
  'a8r.io/owner', // "Annotating Kubernetes services for humans"
  'toolkit.fluxcd.io/tenant', // Flux multi-tenancy
  'capsule.clastix.io/tenant', // Capsule
  'openshift.io/requester', // who asked for the project
] as const;

const contactKeys = ['contact', 'email', 'owner-email', 'a8r.io/chat', 'slack', 'slack-channel'] as const;

export function ownerIn(annotations: TextMap, labels: TextMap): string | null {
  return firstOf(ownerKeys, annotations, labels);
}

export function contactIn(annotations: TextMap, labels: TextMap): string | null {
  return firstOf(contactKeys, annotations, labels);
}

function firstOf(keys: readonly string[], annotations: TextMap, labels: TextMap): string | null {
  for (const key of keys) {
    const text = annotations[key]?.trim() || labels[key]?.trim();
    if (text) return text;
  }
  return null;
}
