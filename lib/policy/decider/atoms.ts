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

/**
 * What rules ask of one end beside ports, each different thing once: an atom. Whether it holds of an end
 * does not hang on the rest of the flow, so it is found out once for each end.
 */
type Atom = { readonly conditions: readonly Condition[]; readonly selector: Selector | null };

/** Nothing is asked: atom 0 holds of everything. */
const ANY_END = 0;

/** The atoms that hold of an end, or may, and among them those of which that is not sure. */
export type Held = { readonly atoms: readonly number[]; readonly unsure: readonly number[] };

/** Atoms while rules are still filed. */
export type AtomFile = {
  /** The number of what a rule asks of its end on this side. */
  readonly idOf: (rule: Rule) => number;
  readonly close: () => AtomTable;
};

export type AtomTable = {
  readonly size: number;
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
const anyFlow = {
  source: anything,
  destination: anything,
  protocol: null,
  sourcePort: null,
  destinationPort: null,
};

export function atomFile(compiled: Compiled, side: Side): AtomFile {
  const atoms: Atom[] = [{ conditions: [], selector: null }];
  const ids = new Map<string, number>();
  return {
    idOf: (rule) => {
      const asked = { ...rule[side], ports: [], notPorts: [], domains: [] };
      const version = side === 'source' ? rule.ipVersion : null;
      const key = keyOf(asked, version);
      if (key === '') return ANY_END;
      const known = ids.get(key);
      if (known !== undefined) return known;
      const conditions = [...entityConditions(asked, side)];
      if (version !== null) conditions.push((inquiry) => isOfVersion(inquiry, version));
      ids.set(key, atoms.length);
      return atoms.push({ conditions, selector: asked.selector }) - 1;
    },
    close: () => atomTable(compiled, side, atoms),
  };
}

function atomTable(compiled: Compiled, side: Side, atoms: readonly Atom[]): AtomTable {
  const { cluster, directory } = compiled;
  const candidatesFor = candidates(compiled, atoms);
  return {
    size: atoms.length,
    heldBy: (endpoint) => {
      const world = { flow: { ...anyFlow, [side]: endpoint }, inherited: cluster, assumed: [] };
      const inquiry: Inquiry = { world, directory, open: null };
      const held: number[] = [];
      const unsure: number[] = [];
      for (const id of candidatesFor(endpoint)) {
        const truth = everyOf(atoms[id]?.conditions ?? [], (condition) => condition(inquiry));
        if (truth !== false) held.push(id);
        if (truth === 'unknown') unsure.push(id);
      }
      return { atoms: held, unsure };
    },
  };
}

/** An atom whose selector demands a label is tried on ends that carry it alone. */
function candidates(
  { cluster, directory }: Compiled,
  atoms: readonly Atom[],
): (endpoint: Endpoint) => readonly number[] {
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

/** The same for what asks the same; '' for what asks nothing. */
function keyOf(
  { selector, notSelector, nets, notNets, service }: EntityMatch,
  version: number | null,
): string {
  const parts = [
    selector === null ? '' : `is ${selector.canonical}`,
    notSelector === null ? '' : `not ${notSelector.canonical}`,
    nets.map(rangeKey).join(),
    notNets.map(rangeKey).join(),
    service === null ? '' : `${service.namespace}/${service.name}`,
    version === null ? '' : String(version),
  ];
  return parts.every((part) => part === '') ? '' : parts.join('\n');
}

function rangeKey({ version, first, last }: EntityMatch['nets'][number]): string {
  return `${version}:${first}-${last}`;
}
