/**
 * What policies say of a flow of which everything is known, written down from the semantics alone: no
 * index, no compiling, no unknowns. It shares no code with lib/policy.
 */
type Labels = Readonly<Record<string, string>>;
type Test = { readonly text: string; readonly test: (labels: Labels) => boolean };

export type Entity = {
  readonly selector?: Test;
  readonly notSelector?: Test;
  readonly namespaceSelector?: Test | 'all()' | 'global()';
  readonly accounts?: { readonly names: readonly string[]; readonly selector: Test | null };
  readonly nets?: readonly string[];
  readonly notNets?: readonly string[];
  readonly ports?: readonly Port[];
  readonly notPorts?: readonly Port[];
};
type Port = { readonly first: number; readonly last: number } | { readonly name: string };

export type OracleRule = {
  readonly action: 'allow' | 'deny' | 'pass' | 'log';
  readonly protocol: string | null;
  readonly notProtocol: string | null;
  readonly source: Entity;
  readonly destination: Entity;
};

export type OraclePolicy = {
  readonly name: string;
  readonly namespace: string;
  readonly tier: string;
  readonly order: number | null;
  readonly selector: Test | null;
  readonly namespaceSelector: Test | null;
  readonly accountSelector: Test | null;
  readonly types: readonly Way[];
  readonly ingress: readonly OracleRule[];
  readonly egress: readonly OracleRule[];
  readonly staged: 'set' | 'delete' | null;
};
type Way = 'ingress' | 'egress';

export type Pod = {
  readonly namespace: string;
  readonly name: string;
  readonly account: string;
  readonly labels: Labels;
  readonly ip: string;
  readonly ports: readonly { readonly name: string; readonly protocol: string; readonly port: number }[];
};

export type OracleCluster = {
  readonly tiers: readonly { name: string; order: number | null; defaultAction: 'deny' | 'pass' }[];
  readonly policies: readonly OraclePolicy[];
  readonly pods: readonly Pod[];
  readonly sets: readonly { namespace: string; name: string; labels: Labels; nets: readonly string[] }[];
  readonly namespaces: Readonly<Record<string, Labels>>;
  readonly accounts: Readonly<Record<string, Labels>>;
};

export type Packet = {
  /** A pod's place in the list, or an address. */
  readonly from: number | string;
  readonly to: number | string;
  readonly protocol: string;
  readonly port: number;
};

/** The verdict and what decided it, like `a 0` (policy and rule), `end early` or `profile`. */
export type Said = { readonly isAllowed: boolean; readonly by: string };

export function say(all: OracleCluster, packet: Packet, way: Way, staged: boolean): Said {
  const end = way === 'egress' ? packet.from : packet.to;
  if (typeof end === 'string') return { isAllowed: true, by: 'exception' };
  const pod = all.pods[end];
  if (pod === undefined) throw new Error('no such pod');
  const said = sayTiers(all, packet, way, pod, staged);
  return packet.from === packet.to && !said.isAllowed ? { isAllowed: true, by: 'exception' } : said;
}

function sayTiers(all: OracleCluster, packet: Packet, way: Way, pod: Pod, staged: boolean): Said {
  const names = [...new Set(all.policies.map((p) => p.tier))];
  const tiers = names.map((name) => {
    const tier = all.tiers.find((t) => t.name === name);
    return tier ?? { name, order: name === 'default' ? 1e6 : Infinity, defaultAction: 'deny' as const };
  });
  const isKnown = (name: string) => name === 'default' || all.tiers.some((t) => t.name === name);
  tiers.sort((a, b) => {
    if (isKnown(a.name) !== isKnown(b.name)) return isKnown(a.name) ? -1 : 1;
    const [x, y] = [a.order ?? Infinity, b.order ?? Infinity];
    return x === y ? (a.name < b.name ? -1 : 1) : x < y ? -1 : 1;
  });
  nextTier: for (const tier of tiers) {
    const inForce = all.policies
      .filter((p) => p.tier === tier.name && p.types.includes(way))
      .filter((p) => p.staged === null || (staged && p.staged === 'set'))
      .filter((p) => appliesTo(all, p, pod));
    inForce.sort((a, b) => {
      const [x, y] = [a.order ?? Infinity, b.order ?? Infinity];
      return x === y ? (a.name < b.name ? -1 : 1) : x < y ? -1 : 1;
    });
    if (inForce.length === 0) continue;
    for (const p of inForce) {
      const index = p[way].findIndex((r) => r.action !== 'log' && ruleMatches(all, p.namespace, r, packet));
      const rule = p[way][index];
      if (rule === undefined) continue;
      if (rule.action === 'pass') continue nextTier;
      return { isAllowed: rule.action === 'allow', by: `${p.name} ${index}` };
    }
    if (tier.defaultAction === 'deny') return { isAllowed: false, by: `end ${tier.name}` };
  }
  return { isAllowed: true, by: 'profile' };
}

function appliesTo(all: OracleCluster, p: OraclePolicy, pod: Pod): boolean {
  if (p.namespace !== '' && p.namespace !== pod.namespace) return false;
  if (p.selector !== null && !p.selector.test(pod.labels)) return false;
  if (p.namespace === '' && p.namespaceSelector && !p.namespaceSelector.test(ofNamespace(all, pod.namespace)))
    return false;
  return p.accountSelector === null || p.accountSelector.test(all.accounts[pod.account] ?? {});
}

function ofNamespace(all: OracleCluster, name: string): Labels {
  return name === '' ? {} : (all.namespaces[name] ?? {});
}

function ruleMatches(all: OracleCluster, namespace: string, rule: OracleRule, packet: Packet): boolean {
  if (rule.protocol !== null && rule.protocol !== packet.protocol) return false;
  if (rule.notProtocol !== null && rule.notProtocol === packet.protocol) return false;
  const from = typeof packet.from === 'string' ? packet.from : (all.pods[packet.from]?.ip ?? '');
  const to = typeof packet.to === 'string' ? packet.to : (all.pods[packet.to]?.ip ?? '');
  if (!entityMatches(all, namespace, rule.source, from)) return false;
  if (!entityMatches(all, namespace, rule.destination, to)) return false;
  const hasPort = (port: Port) =>
    'name' in port
      ? all.pods.some(
          (pod) =>
            pod.ip === to &&
            pod.ports.some(
              (x) => x.name === port.name && x.port === packet.port && x.protocol === packet.protocol,
            ),
        )
      : packet.port >= port.first && packet.port <= port.last;
  const { ports = [], notPorts = [] } = rule.destination;
  return (ports.length === 0 || ports.some(hasPort)) && !notPorts.some(hasPort);
}

type Thing = { readonly namespace: string; readonly labels: Labels; readonly account: string | null };

function entityMatches(all: OracleCluster, namespace: string, entity: Entity, ip: string): boolean {
  const { selector, notSelector, namespaceSelector, accounts, nets = [], notNets = [] } = entity;
  const things: Thing[] = [
    ...all.pods.filter((pod) => pod.ip === ip),
    ...all.sets
      .filter((set) => set.nets.some((net) => isIn(ip, net)))
      .map((set) => ({ ...set, account: null })),
  ];
  const asksForThings =
    selector !== undefined ||
    namespaceSelector !== undefined ||
    (accounts !== undefined && (accounts.names.length > 0 || accounts.selector !== null)) ||
    (notSelector !== undefined && namespace !== '');
  if (asksForThings && !things.some((thing) => isPicked(all, namespace, entity, thing))) return false;
  if (notSelector !== undefined && things.some((thing) => notSelector.test(thing.labels))) return false;
  if (nets.length > 0 && !nets.some((net) => isIn(ip, net))) return false;
  return !notNets.some((net) => isIn(ip, net));
}

function isPicked(all: OracleCluster, namespace: string, entity: Entity, thing: Thing): boolean {
  const { selector, accounts } = entity;
  if (!isInNamespaces(all, namespace, entity, thing)) return false;
  if (accounts !== undefined) {
    if (accounts.names.length > 0 && !accounts.names.includes(thing.account ?? '')) return false;
    const ofAccount = thing.account === null ? {} : (all.accounts[thing.account] ?? {});
    if (accounts.selector !== null && !accounts.selector.test(ofAccount)) return false;
  }
  return selector === undefined || selector.test(thing.labels);
}

function isInNamespaces(
  all: OracleCluster,
  namespace: string,
  { namespaceSelector }: Entity,
  thing: Thing,
): boolean {
  if (namespaceSelector === 'all()') return thing.namespace !== '';
  if (namespaceSelector === 'global()') return thing.namespace === '';
  if (namespaceSelector !== undefined) return namespaceSelector.test(ofNamespace(all, thing.namespace));
  return namespace === '' || thing.namespace === namespace;
}

function isIn(ip: string, net: string): boolean {
  const [base = '', length = '32'] = net.split('/');
  return bits(ip).slice(0, Number(length)) === bits(base).slice(0, Number(length));
}

function bits(ip: string): string {
  return ip
    .split('.')
    .map((octet) => Number(octet).toString(2).padStart(8, '0'))
    .join('');
}
