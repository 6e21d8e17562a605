import type { Compiled } from '../compile.ts';
import { endpointLabel } from '../endpoint-labels.ts';
import { type Inquiry, labelledEnd } from '../inquiry.ts';
import { labelIndex } from '../label-index.ts';
import { type Condition, entityConditions } from '../match-entity.ts';
import { isOfVersion } from '../match-rule.ts';
import type { Endpoint, EntityMatch, Rule } from '../model.ts';
import type { Side } from '../question.ts';
import type { Selector } from '../selector.ts';
import { everyOf } from '../truth.ts';
import { type Bits, bitsFor, setBit } from './bits.ts';

/**
 * What rules ask of one end beside ports, each different thing once: an atom. Whether it holds of an end
 * does not hang on the rest of the flow, so it is found out once for each end.
 */
type Atom = { readonly conditions: readonly Condition[]; readonly selector: Selector | null };

/** Nothing is asked: atom 0 holds of everything. */
export const ANY_END = 0;

/** The atoms that hold of an end, and among them those of which that is not sure. */
export type Held = { readonly bits: Bits; readonly unsure: Bits | null };

export type AtomTable = {
  /** The number of what a rule asks of its end on this side. */
  readonly idOf: (rule: Rule) => number;
  readonly heldBy: (endpoint: Endpoint) => Held;
};

// The other end of the flow in which an atom is tried: with everything about it open, what is answered
// here is answered so for every other end.
const anything: Endpoint = {
  kind: 'unknown',
  namespace: '',
  name: '',
  labels: null,
  serviceAccount: null,
  addresses: null,
  namedPorts: null,
  isHostNetworked: false,
  isAllowedByProfile: true,
  node: null,
  pod: null,
};

export function atomTable({ cluster, directory }: Compiled, side: Side): AtomTable {
  const atoms: Atom[] = [{ conditions: [], selector: null }];
  const ids = new Map<string, number>();
  let index: ((endpoint: Endpoint) => readonly number[]) | null = null;

  function idOf(rule: Rule): number {
    const asked = { ...rule[side], ports: [], notPorts: [], domains: [] };
    const version = side === 'source' ? rule.ipVersion : null;
    const key = keyOf(asked, version);
    if (key === '') return ANY_END;
    const known = ids.get(key);
    if (known !== undefined) return known;
    const conditions = [...entityConditions(asked, side)];
    if (version !== null) conditions.push((inquiry) => isOfVersion(inquiry, version));
    ids.set(key, atoms.length);
    index = null;
    return atoms.push({ conditions, selector: asked.selector }) - 1;
  }

  function heldBy(endpoint: Endpoint): Held {
    index ??= candidates();
    const bits = bitsFor(atoms.length);
    let unsure: Bits | null = null;
    const flow = {
      source: anything,
      destination: anything,
      protocol: null,
      sourcePort: null,
      destinationPort: null,
    };
    const world = { flow: { ...flow, [side]: endpoint }, inherited: cluster, assumed: [] };
    const inquiry: Inquiry = { world, directory, open: null };
    for (const id of index(endpoint)) {
      const truth = everyOf(atoms[id]?.conditions ?? [], (condition) => condition(inquiry));
      if (truth === false) continue;
      setBit(bits, id);
      if (truth === true) continue;
      unsure ??= bitsFor(atoms.length);
      setBit(unsure, id);
    }
    return { bits, unsure };
  }

  /** An atom whose selector demands a label is tried on ends that carry it alone. */
  function candidates(): (endpoint: Endpoint) => readonly number[] {
    const all = atoms.map((atom, id) => ({ id, selector: atom.selector }));
    const byLabel = all.flatMap(({ id, selector }) =>
      selector !== null && directory.setsThatMayMatch(selector).length === 0 ? [{ id, selector }] : [],
    );
    const filed = new Set(byLabel.map(({ id }) => id));
    const always = all.filter(({ id }) => !filed.has(id)).map(({ id }) => id);
    const labels = labelIndex(byLabel, ({ selector }) => selector);
    return (endpoint) => {
      if (endpoint.kind === 'unknown') return all.map(({ id }) => id);
      const labelled = labelledEnd(endpoint);
      if (labelled === null) return always;
      const found = labels.candidatesFor((key) => endpointLabel(labelled, cluster, key));
      return [...always, ...found.map(({ id }) => id)];
    };
  }

  return { idOf, heldBy };
}

/** The same for what asks the same; '' for what asks nothing. */
function keyOf(
  { selector, notSelector, nets, notNets, service }: EntityMatch,
  version: number | null,
): string {
  const parts = [
    selector === null ? '' : `is ${selector.canonical}`,
    notSelector === null ? '' : `not ${notSelector.canonical}`,
    nets.map(({ first, last }) => `${first}-${last}`).join(),
    notNets.map(({ first, last }) => `${first}-${last}`).join(),
    service === null ? '' : `${service.namespace}/${service.name}`,
    version === null ? '' : String(version),
  ];
  return parts.every((part) => part === '') ? '' : parts.join('\n');
}
