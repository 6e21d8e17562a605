import { expect } from 'vitest';
import { compile } from '#lib/policy/compile.ts';
import { createDecider } from '#lib/policy/decider/decider.ts';
import { readCluster } from '../read-cluster.ts';

/**
 * The estate of public reachability suites: three namespaces with three pods each, two ports, three protocols. A
 * case says which policies there are and what they cut; everything else stays reachable.
 */
const namespaces = ['x', 'w', 'z'];
const names = ['a', 'b', 'c'];
const ports = [80, 81];
const protocols = ['tcp', 'udp', 'sctp'];

export type Trial = {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: string;
};

/** Further labels of pods (`x/a`) and namespaces (`w`), as they are after a change. */
export type Relabelled = Readonly<Record<string, string>>;

export type Case = readonly [
  title: string,
  policies: readonly string[],
  cuts: (trial: Trial) => boolean,
  relabelled?: Relabelled,
];

/** `x/a` has the address 10.0.0.1, `w/b` 10.0.1.2, `z/c` 10.0.2.3. */
export function addressOf(namespace: string, name: string): string {
  return `10.0.${namespaces.indexOf(namespace)}.${names.indexOf(name) + 1}`;
}

function labelsOf(own: string, more: string | undefined): string {
  return `{${[own, ...(more === undefined ? [] : [more])].join(', ')}}`;
}

function estate(relabelled: Relabelled): readonly string[] {
  const declared = ports
    .flatMap((port) =>
      protocols.map(
        (protocol) =>
          `{containerPort: ${port}, name: serve-${port}-${protocol}, protocol: ${protocol.toUpperCase()}}`,
      ),
    )
    .join(', ');
  return namespaces.flatMap((ns) => [
    `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${ns}, labels: ${labelsOf(`ns: ${ns}`, relabelled[ns])}}`,
    ...names.map((pod) =>
      [
        'apiVersion: v1\nkind: Pod',
        `metadata: {name: ${pod}, namespace: ${ns}, labels: ${labelsOf(`pod: ${pod}`, relabelled[`${ns}/${pod}`])}}`,
        `spec: {containers: [{name: c, ports: [${declared}]}]}`,
        `status: {phase: Running, podIP: ${addressOf(ns, pod)}, podIPs: [{ip: ${addressOf(ns, pod)}}]}`,
      ].join('\n'),
    ),
  ]);
}

/** A NetworkPolicy of Kubernetes. */
export function policy(spec: string, namespace = 'x', name = 'p'): string {
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: ${spec}`;
}

export function inNs(pod: string, ns: string): boolean {
  return pod.startsWith(`${ns}/`);
}

/** Tries every pair of pods on every port and protocol. */
export function expectReachable([, policies, cuts, relabelled = {}]: Case): void {
  const reading = readCluster([...estate(relabelled), ...policies].join('\n---\n'));
  expect(reading.problems).toEqual([]);
  const decider = createDecider(compile(reading.cluster, 'enforced-only'));
  const wrong: string[] = [];
  for (const source of reading.peers) {
    for (const destination of reading.peers) {
      if (source === destination) continue;
      for (const port of ports) {
        for (const protocol of protocols) {
          const key = { source: source.endpoint, destination: destination.endpoint, protocol, port };
          const trial = { from: bare(source.title), to: bare(destination.title), port, protocol };
          const expected = cuts(trial) ? 'denied' : 'allowed';
          const { verdict } = decider.decide(key);
          if (verdict !== expected) wrong.push(`${JSON.stringify(trial)} is ${verdict}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
}

function bare(title: string): string {
  return title.replace('[Pod]', '');
}
