import { groupOf } from '#lib/inventory/kinds/reader-of.ts';
import type { NotRead, Problem } from '#lib/inventory/model.ts';
import type { Place } from '#lib/inventory/place.ts';
import type { ManifestReading } from '#lib/inventory/read-manifests.ts';

/** Something in the input that an answer does not take into account, and why. */
export type LeftOut = Place & { readonly code: string; readonly reason: string };

// Their kinds may forbid what the policies that are read allow.
const decidingGroups = new Set([
  'projectcalico.org',
  'crd.projectcalico.org',
  'cilium.io',
  'policy.networking.k8s.io',
  'networking.k8s.io',
  'extensions',
  'security.istio.io',
  'crd.antrea.io',
]);

/** A network policy of whatever group decides by its name; of the known ones every policy may. */
function mayDecide({ apiVersion, kind }: NotRead): boolean {
  if (/NetworkPolic(y|ies)$/.test(kind)) return true;
  return decidingGroups.has(groupOf(apiVersion)) && /Polic(y|ies)$|^Profile$/.test(kind);
}

/** Errors, and objects of kinds that decide about traffic and cannot be read. */
export function leftOut(
  { notRead }: Pick<ManifestReading, 'notRead'>,
  problems: readonly Problem[],
): readonly LeftOut[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const unknown = notRead.filter(mayDecide);
  return [
    ...errors.map(({ place, code, message }) => ({ ...place, code, reason: message })),
    ...unknown.map(({ place, kind, name, apiVersion }) => ({
      ...place,
      code: 'unknown-kind',
      reason: `${kind} ${name ?? ''} of ${apiVersion} is not evaluated: answers do not take it into account`,
    })),
  ];
}
