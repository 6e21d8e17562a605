import type { Field } from '#lib/inventory/field.ts';
import { groupOf } from '#lib/inventory/kinds/reader-of.ts';
import type {
  InventoryObject,
  NamespaceManifest,
  PolicyManifest,
  Problem,
  ServiceAccountManifest,
  ServiceManifest,
} from '#lib/inventory/model.ts';
import { type Place, placeText } from '#lib/inventory/place.ts';
import { completeLabels, type Labels } from '../labels.ts';
import type { Cluster, Policy, Service } from '../model.ts';
import { selectorOf } from '../selector.ts';
import { readHostEndpoint, readNetworkSet, readTier } from './calico-things.ts';
import { allOf, comparison } from './label-selector.ts';
import { policyField } from './policy-field.ts';
import { everythingIn, readPolicy, titleOf } from './policy-reader.ts';
import { type Profile, readProfile } from './profiles.ts';
import { readerOfPolicy } from './reader-of-policy.ts';
import { type Peer, workloadPeers } from './workloads.ts';

/** A cluster as manifests describe it. */
export type ClusterReading = {
  readonly cluster: Cluster;
  /** Workloads and hosts. */
  readonly peers: readonly Peer[];
  readonly problems: readonly Problem[];
  /** Where each policy is written. */
  readonly places: ReadonlyMap<Policy, Place>;
  /** Policies, and what policies speak of, that an error kept out. */
  readonly refused: readonly PolicyManifest[];
};

type Building = {
  readonly cluster: {
    readonly [Key in keyof Pick<
      Cluster,
      'tiers' | 'policies' | 'unevaluated' | 'networkSets'
    >]: Cluster[Key][number][];
  };
  readonly hosts: Peer[];
  readonly profiles: Map<string, Profile>;
  readonly places: Map<Policy, Place>;
  readonly problems: Problem[];
  readonly refused: PolicyManifest[];
};

/** Reads what the manifests say of policies; it never throws, and what is wrong keeps out itself alone. */
export function readPolicies(objects: readonly InventoryObject[]): ClusterReading {
  const building: Building = {
    cluster: { tiers: [], policies: [], unevaluated: [], networkSets: [] },
    hosts: [],
    profiles: new Map(),
    places: new Map(),
    problems: [],
    refused: [],
  };
  const manifests = withoutTwins(objects, building.problems);
  // Hosts name profiles, wherever those are written.
  const isProfile = ({ kind }: PolicyManifest) => kind === 'Profile';
  for (const manifest of manifests.filter(isProfile)) readManifest(manifest, building);
  for (const manifest of manifests) if (!isProfile(manifest)) readManifest(manifest, building);
  warnOfMissingTiers(building, objects);
  const cluster: Cluster = {
    ...building.cluster,
    services: objects.filter((object) => object.type === 'service').map(serviceOf),
    namespaces: labelsBy(ofType(objects, 'namespace'), ({ name }) => name),
    serviceAccounts: labelsBy(
      ofType(objects, 'service-account'),
      ({ namespace, name }) => `${namespace}/${name}`,
    ),
  };
  const peers = [...workloadPeers(objects), ...building.hosts];
  return { cluster, peers, problems: building.problems, places: building.places, refused: building.refused };
}

type OfType = { namespace: NamespaceManifest; 'service-account': ServiceAccountManifest };

function ofType<Type extends keyof OfType>(
  objects: readonly InventoryObject[],
  type: Type,
): readonly OfType[Type][] {
  return objects.filter((object): object is OfType[Type] => object.type === type);
}

function labelsBy<T extends { readonly labels: Readonly<Record<string, string>> }>(
  objects: readonly T[],
  keyOf: (object: T) => string,
): ReadonlyMap<string, Labels> {
  return new Map(objects.map((object) => [keyOf(object), completeLabels(Object.entries(object.labels))]));
}

function serviceOf({ namespace, name, selector, ports }: ServiceManifest): Service {
  const terms = Object.entries(selector ?? {}).map(([key, value]) => comparison('==', key, [value]));
  return {
    namespace,
    name,
    selector: selector === null ? null : selectorOf(allOf(terms)),
    ports: ports.map(({ protocol, targetPort }) => ({
      protocol: protocol.toLowerCase(),
      target: targetPort,
    })),
  };
}

function readManifest(manifest: PolicyManifest, building: Building): void {
  const { cluster, problems } = building;
  const read = readerOfPolicy(manifest);
  if (read !== null) {
    const found = readPolicy(manifest, read, problems);
    for (const policy of found.policies) {
      cluster.policies.push(policy);
      building.places.set(policy, manifest.place);
    }
    cluster.unevaluated.push(...found.unevaluated);
    if (found.isRefused) building.refused.push(manifest);
    return;
  }
  const own: Problem[] = [];
  const field = policyField(manifest, own);
  const { kind } = manifest;
  const take = <T>(thing: T, into: T[]): void => {
    for (const problem of own) problems.push(problem);
    if (own.every(({ severity }) => severity !== 'error')) into.push(thing);
    else refuseThing(manifest, building);
  };
  if (kind === 'Profile') readHostProfile(field, manifest, own, building);
  else if (kind === 'Tier') take(readTier(field, manifest), cluster.tiers);
  else if (kind === 'HostEndpoint') {
    take(
      {
        title: `${manifest.name}[HostEndpoint]`,
        endpoint: readHostEndpoint(field, manifest, building.profiles),
      },
      building.hosts,
    );
  } else if (kind.endsWith('NetworkSet')) take(readNetworkSet(field, manifest), cluster.networkSets);
}

/** A profile that cannot be read is one that nobody knows: hosts that name it say so. */
function readHostProfile(
  field: Field,
  manifest: PolicyManifest,
  own: readonly Problem[],
  { problems, profiles, refused }: Building,
): void {
  const profile = readProfile(field);
  problems.push(...own);
  if (own.some(({ severity }) => severity === 'error')) refused.push(manifest);
  else profiles.set(manifest.name, profile);
}

/**
 * A tier that cannot be read may stand anywhere and a set may hold any address, so that no answer is
 * sure: everything is left open. A host's own policies cannot be asked about without it.
 */
function refuseThing(manifest: PolicyManifest, { refused, cluster }: Building): void {
  refused.push(manifest);
  if (manifest.kind === 'HostEndpoint') return;
  const subject = everythingIn('');
  cluster.unevaluated.push({ title: titleOf(manifest), subject, types: ['ingress', 'egress'] });
}

/** The same object may be there in both groups of Calico, as a dump of all resources has it. */
function withoutTwins(objects: readonly InventoryObject[], problems: Problem[]): readonly PolicyManifest[] {
  const byIdentity = new Map<string, PolicyManifest>();
  for (const object of objects) {
    if (object.type !== 'policy') continue;
    const group = groupOf(object.apiVersion).replace(/^crd\./, '');
    const identity = JSON.stringify([group, object.kind, object.namespace, object.name]);
    const earlier = byIdentity.get(identity);
    if (earlier !== undefined) {
      const message = `${titleOf(object)} is also at ${placeText(earlier.place)}: the later one, here, counts`;
      problems.push({ severity: 'warning', code: 'duplicate-object', place: object.place, message });
    }
    byIdentity.delete(identity);
    byIdentity.set(identity, object);
  }
  return [...byIdentity.values()];
}

const fixedTiers: ReadonlySet<string> = new Set(['kube-admin', 'default', 'kube-baseline']);

function warnOfMissingTiers({ cluster, problems }: Building, objects: readonly InventoryObject[]): void {
  const known = new Set(cluster.tiers.map(({ name }) => name));
  const missing = new Set(
    cluster.policies.map(({ tier }) => tier).filter((tier) => !known.has(tier) && !fixedTiers.has(tier)),
  );
  for (const object of objects) {
    if (object.type !== 'policy') continue;
    const spec = object.value.spec;
    const tier = typeof spec === 'object' && spec !== null && 'tier' in spec ? spec.tier : null;
    if (typeof tier !== 'string' || !missing.delete(tier)) continue;
    const message = `tier ${tier} is defined nowhere: its policies are evaluated after all other tiers; add the Tier`;
    const place = { ...object.place, line: object.lines.get('spec.tier') ?? object.place.line };
    problems.push({ severity: 'warning', code: 'missing-tier', place, message });
  }
}
