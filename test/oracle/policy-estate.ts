import fc from 'fast-check';
import type { Entity, OracleCluster, OraclePolicy, OracleRule, Packet } from './policy-oracle.ts';

/** Small clusters in which everything that can matter does so often. */
export const keys = ['a', 'b'];
export const values = ['x', 'y'];
/** An address for each way in which an address can lie in the nets below. */
export const addresses = ['10.0.2.9', '10.0.1.9', '10.0.1.200', '203.0.113.9', '198.51.100.9'];
export const ports = [80, 443, 8080, 9999];
export const protocols = ['tcp', 'udp', 'icmp'];

type Labels = Readonly<Record<string, string>>;

const key = fc.constantFrom(...keys);
const value = fc.constantFrom(...values);
export const labels = fc.dictionary(key, value, { noNullPrototype: true });

const leaf = fc.oneof(
  fc.record({ k: key, v: value }).map(({ k, v }) => ({
    text: `${k} == "${v}"`,
    test: (of: Labels) => of[k] === v,
  })),
  fc.record({ k: key, v: value }).map(({ k, v }) => ({
    text: `${k} != '${v}'`,
    test: (of: Labels) => of[k] !== v,
  })),
  key.map((k) => ({ text: `has(${k})`, test: (of: Labels) => k in of })),
  key.map((k) => ({ text: `!has(${k})`, test: (of: Labels) => !(k in of) })),
);

export const test = fc.oneof(
  { weight: 4, arbitrary: leaf },
  {
    weight: 1,
    arbitrary: fc.tuple(leaf, leaf).map(([one, other]) => ({
      text: `${one.text} && ${other.text}`,
      test: (of: Labels) => one.test(of) && other.test(of),
    })),
  },
);

const any = { text: 'all()', test: () => true };
const nets = fc.subarray(['10.0.0.0/8', '10.0.1.0/24', '10.0.1.128/25', '203.0.113.0/24'], {
  minLength: 1,
  maxLength: 2,
});
const port = fc.constantFrom(
  { first: 80, last: 80 },
  { first: 443, last: 9000 },
  { first: 0, last: 65_535 },
  { name: 'web' },
);
const somePorts = fc.array(port, { minLength: 1, maxLength: 2 });

/** One or two things to ask for, seldom more. */
function entity(withPorts: boolean): fc.Arbitrary<Entity> {
  const part: fc.Arbitrary<Entity> = fc.oneof(
    fc.constant({}),
    fc.oneof(test, fc.constant(any)).map((selector) => ({ selector })),
    test.map((notSelector) => ({ notSelector })),
    fc
      .oneof(test, fc.constantFrom('all()' as const, 'global()' as const))
      .map((namespaceSelector) => ({ namespaceSelector })),
    fc
      .record({ names: fc.subarray(['runner', 'guest']), selector: fc.option(test) })
      .map((accounts) => ({ accounts })),
    nets.map((some) => ({ nets: some })),
    nets.map((some) => ({ notNets: some })),
    ...(withPorts
      ? [somePorts.map((some) => ({ ports: some })), somePorts.map((some) => ({ notPorts: some }))]
      : []),
  );
  return fc.tuple(part, part).map(([one, other]) => ({ ...one, ...other }));
}

const rule: fc.Arbitrary<OracleRule> = fc.record({
  action: fc.constantFrom('allow', 'deny', 'pass', 'log'),
  protocol: fc.option(fc.constantFrom('tcp', 'udp'), { freq: 2 }),
  notProtocol: fc.option(fc.constantFrom('tcp', 'udp'), { freq: 1 }),
  source: entity(false),
  destination: entity(true),
});

const rules = fc.array(rule, { maxLength: 3 });

function policy(name: string): fc.Arbitrary<OraclePolicy> {
  return fc.record({
    name: fc.constant(name),
    namespace: fc.constantFrom('', 'one', 'two'),
    tier: fc.constantFrom('default', 'early', 'late', 'gone'),
    order: fc.constantFrom(null, 1, 2),
    selector: fc.option(test, { freq: 2 }),
    namespaceSelector: fc.option(test, { freq: 1 }),
    accountSelector: fc.option(test, { freq: 1 }),
    types: fc.constantFrom(['ingress'], ['egress'], ['ingress', 'egress']),
    ingress: rules,
    egress: rules,
    staged: fc.constantFrom(null, null, null, 'set', 'delete'),
  });
}

const pods = ['10.0.1.1', '10.0.1.129', '10.0.2.1', '172.16.0.1'].map((ip, index) =>
  fc.record({
    namespace: fc.constantFrom('one', 'two'),
    name: fc.constant(`pod-${index}`),
    account: fc.constantFrom('runner', 'guest'),
    labels,
    ip: fc.constant(ip),
    ports: fc.constantFrom([], [{ name: 'web', protocol: 'tcp', port: 8080 }]),
  }),
);

const set = fc.record({
  namespace: fc.constantFrom('', 'one'),
  name: fc.constant('set'),
  labels,
  nets,
});

const tierAction = fc.constantFrom('deny' as const, 'pass' as const);

export const estate: fc.Arbitrary<OracleCluster> = fc.record({
  tiers: fc.tuple(tierAction, tierAction).map(([early, late]) => [
    { name: 'early', order: 10, defaultAction: early },
    { name: 'late', order: null, defaultAction: late },
  ]),
  policies: fc
    .tuple(...['p', 'q', 'r', 's'].map(policy), fc.integer({ min: 0, max: 4 }))
    .map((parts) => (parts.slice(0, -1) as OraclePolicy[]).slice(0, Number(parts.at(-1)))),
  pods: fc.tuple(...pods),
  sets: fc.array(set, { maxLength: 2 }),
  namespaces: fc.record({ one: labels, two: labels }),
  accounts: fc.record({ runner: labels, guest: labels }),
});

const end = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(...addresses) },
);

export const packet: fc.Arbitrary<Packet> = fc.record({
  from: end,
  to: end,
  protocol: fc.constantFrom(...protocols),
  port: fc.constantFrom(...ports),
});
