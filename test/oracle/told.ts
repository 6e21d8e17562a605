import { completeLabels, partialLabels } from '#lib/policy/labels.ts';
import type { Cluster, Endpoint } from '#lib/policy/model.ts';
import {
  cluster,
  type EntityLiteral,
  network,
  policy,
  type RuleLiteral,
  range,
  workload,
} from '../policy-literals.ts';
import type { Entity, OracleCluster, OracleRule, Pod } from './policy-oracle.ts';

/** What the evaluator is not told. */
export const unknowns = [
  'fromLabels',
  'toLabels',
  'fromAddress',
  'toAddress',
  'port',
  'protocol',
  'namespace',
] as const;
export type Unknown = (typeof unknowns)[number];

function entityOf({ selector, notSelector, namespaceSelector, accounts, ...rest }: Entity): EntityLiteral {
  return {
    ...rest,
    ...(selector && { selector: selector.text }),
    ...(notSelector && { notSelector: notSelector.text }),
    ...(namespaceSelector && {
      namespaceSelector: typeof namespaceSelector === 'string' ? namespaceSelector : namespaceSelector.text,
    }),
    ...(accounts && {
      serviceAccounts: { names: accounts.names, selector: accounts.selector?.text ?? null },
    }),
  };
}

function ruleOf(rule: OracleRule): RuleLiteral {
  return { ...rule, source: entityOf(rule.source), destination: entityOf(rule.destination) };
}

export function clusterOf(all: OracleCluster, hidden: readonly Unknown[]): Cluster {
  const namespaces = Object.entries(all.namespaces).filter(
    ([name]) => !(hidden.includes('namespace') && name === 'one'),
  );
  const accounts = ['one', 'two'].flatMap((namespace) =>
    Object.entries(all.accounts).map(([name, labels]) => [`${namespace}/${name}`, labels] as const),
  );
  return cluster({
    tiers: all.tiers,
    policies: all.policies.map((one) =>
      policy({
        name: one.name,
        namespace: one.namespace,
        tier: one.tier,
        order: one.order,
        types: one.types,
        ingress: one.ingress.map(ruleOf),
        egress: one.egress.map(ruleOf),
        stagedAction: one.staged,
        ...(one.selector && { selector: one.selector.text }),
        ...(one.namespaceSelector &&
          one.namespace === '' && { namespaceSelector: one.namespaceSelector.text }),
        ...(one.accountSelector && { serviceAccountSelector: one.accountSelector.text }),
      }),
    ),
    networkSets: all.sets.map((set) => ({
      ...set,
      domains: [],
      labels: completeLabels(Object.entries(set.labels)),
      nets: set.nets.map(range),
    })),
    namespaces: new Map(namespaces.map(([name, of]) => [name, completeLabels(Object.entries(of))])),
    serviceAccounts: new Map(accounts.map(([name, of]) => [name, completeLabels(Object.entries(of))])),
  });
}

export function endOf(
  all: OracleCluster,
  end: number | string,
  noLabels: boolean,
  noAddress: boolean,
): Endpoint {
  const hide = noAddress ? { addresses: null } : {};
  if (typeof end === 'string') return { ...network(end), ...hide };
  const pod = podAt(all, end);
  return workload(`${pod.namespace}/${pod.name}`, pod.labels, {
    serviceAccount: pod.account,
    addresses: [range(pod.ip)],
    namedPorts: pod.ports,
    ...(noLabels && { labels: partialLabels([]) }),
    ...hide,
  });
}

function podAt(all: OracleCluster, index: number): Pod {
  const pod = all.pods[index];
  if (pod === undefined) throw new Error(`no pod ${index}`);
  return pod;
}

export const everyEnd = [0, 1, 2, 3, '10.0.1.9', '203.0.113.9', '198.51.100.9'];
