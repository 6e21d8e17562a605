import { tierIsSeen } from '#lib/access/policy-rights.ts';
import type { PolicyChange, PolicyChanges } from '#lib/contracts/policy-changes.ts';
import type { Reader } from '#lib/db/reader.ts';
import { type PolicyState, policyChanges } from '#lib/db/sql/policy-changes.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import type { Span } from '#lib/kit/window.ts';
import { spanDocument } from './answer-window.ts';
import { idOfPolicy, isPolicyKind, isSeenObject, tierNamed } from './policy-objects.ts';
import type { PolicySeer } from './policy-world.ts';

/** More instants than a timeline has room for; the newest count. */
const mostInstants = 200;
/** Of one instant: whoever applies a whole repository reads it there. */
const mostObjects = 20;

type Found = PolicyChange & { readonly atMs: number };

/** When policies, tiers and network sets of a cluster changed in a window, as far as the viewer may see each. */
export async function readPolicyChanges(
  reader: Reader,
  seer: PolicySeer,
  { cluster, window }: { readonly cluster: string; readonly window: Span },
): Promise<PolicyChanges> {
  const states = await policyChanges(reader, { cluster, window });
  // Redaction comes first: what is not seen is no state, so that its neighbours tell nothing of it.
  const seen = states.filter((state) => isChangeSeen(seer, cluster, state));
  const found = [...Map.groupBy(seen, identity).values()].flatMap((those) =>
    changesOf(cluster, those, window),
  );
  const instants = [...Map.groupBy(found, ({ atMs }) => atMs)].sort(([a], [b]) => a - b);
  return {
    cluster,
    window: spanDocument(window),
    changes: instants.slice(-mostInstants).map(([atMs, those]) => ({
      at: new Date(atMs).toISOString(),
      objects: those
        .map(({ atMs: _atMs, ...object }) => object)
        .sort((a, b) => compareText(nameOf(a), nameOf(b)))
        .slice(0, mostObjects),
      objectsLeftOut: Math.max(0, those.length - mostObjects),
    })),
    changesLeftOut: Math.max(0, instants.length - mostInstants),
  };
}

/** Whether somebody may know of a state. The order and the end of a tier are for whoever has the tier's right; that it is named tells them to nobody. */
export function isChangeSeen(seer: PolicySeer, cluster: string, state: PolicyState): boolean {
  const { apiGroup, kind, name, validFrom } = state;
  if (kind === 'Tier') return tierIsSeen(seer.policies, cluster, name);
  const object = { ...state, isPolicy: isPolicyKind(apiGroup, kind), tier: tierNamed(apiGroup, state.tier) };
  return isSeenObject(seer, cluster, validFrom.getTime(), object);
}

function identity({ apiGroup, kind, namespace, name }: PolicyState): string {
  return [apiGroup, kind, namespace, name].join('\0');
}

/** States of one object, the oldest first → what happened to it in the window. */
function changesOf(cluster: string, states: readonly PolicyState[], window: Span): readonly Found[] {
  return states.flatMap((state, index) => {
    const [before, next] = [states[index - 1], states[index + 1]];
    const follows = before?.validTo?.getTime() === state.validFrom.getTime();
    const isGone = state.validTo !== null && next?.validFrom.getTime() !== state.validTo.getTime();
    const began = state.validFrom.getTime();
    const ended = state.validTo?.getTime() ?? null;
    const object = objectOf(cluster, state);
    // Another uid with the same text is the same policy to whoever reads it.
    const isSame = follows && before.hash === state.hash;
    return [
      ...(isIn(window, began) && !isSame
        ? [{ ...object, atMs: began, change: follows ? ('changed' as const) : ('appeared' as const) }]
        : []),
      ...(ended !== null && isGone && isIn(window, ended)
        ? [{ ...object, atMs: ended, change: 'deleted' as const }]
        : []),
    ];
  });
}

function objectOf(cluster: string, state: PolicyState): Omit<PolicyChange, 'change'> {
  const { apiGroup, kind, namespace, name } = state;
  const tier = tierNamed(apiGroup, state.tier);
  const id = isPolicyKind(apiGroup, kind)
    ? idOfPolicy(cluster, { apiGroup, kind, namespace, name, tier })
    : null;
  return { id, kind, namespace, name };
}

function isIn({ fromMs, toMs }: Span, atMs: number): boolean {
  return atMs >= fromMs && atMs < toMs;
}

function nameOf({ kind, namespace, name }: PolicyChange): string {
  return `${kind} ${namespace} ${name}`;
}
