import type { PolicyRef } from '#lib/contracts/policies.ts';
import type { Place } from '#lib/inventory/place.ts';
import type { Policy } from '#lib/policy/model.ts';
import type { PolicyObjectRow } from './policy-objects.ts';
import type { PolicyWorld } from './policy-world.ts';

export type PolicyRefs = {
  readonly refOf: (policy: Policy) => PolicyRef;
  /** null where the policy is not of the inventory, as one of a draft. */
  readonly rowOf: (policy: Policy) => PolicyObjectRow | null;
};

/** What documents call the policies of a world. */
export function policyRefs({ reading, seen }: Pick<PolicyWorld, 'reading' | 'seen'>): PolicyRefs {
  const byPlace = new Map<Place, PolicyObjectRow>(seen.map((row) => [row.manifest.place, row]));
  const rowOf = (policy: Policy): PolicyObjectRow | null => {
    const place = reading.places.get(policy);
    return place === undefined ? null : (byPlace.get(place) ?? null);
  };
  return {
    rowOf,
    refOf: (policy) => {
      const { kind, tier, namespace, name } = policy;
      return { id: rowOf(policy)?.id ?? null, kind, tier, namespace, name };
    },
  };
}
