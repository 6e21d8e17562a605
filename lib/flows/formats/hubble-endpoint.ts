import { networkOfAddress } from '#lib/flows/address.ts';
import { type EndpointIdentity, plainEnd, unknownEnd } from '#lib/flows/endpoint.ts';
import { createEndpointCache } from '#lib/flows/endpoint-cache.ts';
import {
  type Complaint,
  isObject,
  type JsonObject,
  readInteger,
  readList,
  readText,
} from '#lib/flows/json-fields.ts';
import { workloadLabels } from '#lib/flows/labels.ts';
import { workloadOfPod } from '#lib/flows/workload-name.ts';

/** Reads ends that are the same object in many lines: who they are is known by the object. */
export function rememberEnds(read: HubbleEndpointReader, complaint: Complaint): HubbleEndpointReader {
  const known = new WeakMap<JsonObject, EndpointIdentity>();
  return (json, address, path) => {
    if (json === null) return read(json, address, path);
    const hit = known.get(json);
    if (hit !== undefined) return hit;
    const end = read(json, address, path);
    // A network may be told by the address, which is no part of the object.
    if (complaint.first === null && end.kind !== 'network') known.set(json, end);
    return end;
  };
}

/** Everything of a Hubble endpoint that decides who it is, as it stands in the line. */
type Written = {
  readonly namespace: string | null;
  readonly pod: string | null;
  readonly cluster: string | null;
  readonly identity: number | null;
  readonly workload: string | null;
  readonly workloadKind: string | null;
};

export type HubbleEndpointReader = (
  json: JsonObject | null,
  address: string | null,
  path: string,
) => EndpointIdentity;

/** Reads who an end of a flow is. */
export function createHubbleEndpointReader(complaint: Complaint): HubbleEndpointReader {
  const remember = createEndpointCache(complaint);
  return (json, address, path) => {
    if (json === null) return unknownEnd;
    const written = readWritten(json, path, complaint);
    const list = readList(json.labels, 'labels', path, complaint);
    const firstLabel = list?.[0];
    const isCidr = typeof firstLabel === 'string' && firstLabel.startsWith('cidr:');
    const { pod, namespace, cluster, identity, workload, workloadKind } = written;
    const parts = [namespace, pod, identity, cluster, workload, workloadKind, isCidr ? address : null];
    const key = pod ?? (typeof firstLabel === 'string' ? firstLabel : '');
    const make = (labels: readonly string[] | null) => identify(written, labels, address);
    return remember(key, parts, list, path, make);
  };
}

function readWritten(json: JsonObject, path: string, complaint: Complaint): Written {
  const workload = readList(json.workloads, 'workloads', path, complaint)?.[0];
  const owner = isObject(workload) ? workload : null;
  return {
    namespace: readText(json.namespace, 'namespace', path, complaint),
    pod: readText(json.pod_name, 'pod_name', path, complaint),
    cluster: readText(json.cluster_name, 'cluster_name', path, complaint),
    identity: readInteger(json.identity, 'identity', path, complaint),
    workload: owner === null ? null : readText(owner.name, 'workloads[0].name', path, complaint),
    workloadKind: owner === null ? null : readText(owner.kind, 'workloads[0].kind', path, complaint),
  };
}

/** Identities that Cilium reserves (pkg/identity), for records whose labels were masked away. */
const reservedWords = [
  '',
  'host',
  'world',
  'unmanaged',
  'health',
  'init',
  'remote-node',
  'kube-apiserver',
  'ingress',
  'world-ipv4',
  'world-ipv6',
] as const;

const namespaceLabel = 'k8s:io.kubernetes.pod.namespace=';

function identify(
  written: Written,
  labels: readonly string[] | null,
  address: string | null,
): EndpointIdentity {
  const namespace = written.namespace ?? labelValue(labels, namespaceLabel);
  const reserved = reservedWord(labels, written.identity);
  // Hubble may attach a reserved label to a pod that it also names (an identity not yet known to the
  // node that logs): the namespace is the better answer.
  if (reserved !== null && namespace === null) {
    return { ...reservedEnd(reserved), cluster: written.cluster };
  }
  if (namespace === null && written.pod === null && written.workload === null) {
    const isCidr = labels?.some((label) => label.startsWith('cidr:')) ?? false;
    const network = isCidr && address !== null ? networkOfAddress(address) : null;
    return { ...(network === null ? unknownEnd : plainEnd('network', network)), cluster: written.cluster };
  }
  return {
    kind: 'workload',
    namespace,
    name: written.workload ?? (written.pod === null ? nameByLabel(labels) : workloadOfPod(written.pod)),
    workloadKind: written.workload === null ? null : written.workloadKind,
    pod: written.pod,
    cluster: written.cluster,
    labels: labels === null ? null : ownLabels(labels),
  };
}

function reservedWord(labels: readonly string[] | null, identity: number | null): string | null {
  if (labels === null || labels.length === 0) return reservedWords[identity ?? 0] || null;
  const words = labels.filter((label) => label.startsWith('reserved:')).map((label) => label.slice(9));
  // An API server outside the cluster is `world` as well, one on a node `host` or `remote-node`.
  return words.includes('kube-apiserver') ? 'kube-apiserver' : (words[0] ?? null);
}

function reservedEnd(word: string): EndpointIdentity {
  if (word.startsWith('world')) return plainEnd('network', 'public');
  return word === 'unknown' ? unknownEnd : plainEnd('host', word);
}

/** The labels by which charts and manifests name an application, most specific custom first. */
const nameLabels = ['app', 'k8s-app', 'app.kubernetes.io/name', 'app.kubernetes.io/instance', 'name', 'run'];

function nameByLabel(labels: readonly string[] | null): string {
  for (const name of nameLabels) {
    const value = labelValue(labels, `k8s:${name}=`) ?? labelValue(labels, `${name}=`);
    if (value !== null) return value;
  }
  return '';
}

function labelValue(labels: readonly string[] | null, prefix: string): string | null {
  const label = labels?.find((candidate) => candidate.startsWith(prefix));
  return label === undefined || label.length === prefix.length ? null : label.slice(prefix.length);
}

/** The pod's own Kubernetes labels: without Cilium's, and without those that are no label at all. */
function ownLabels(labels: readonly string[]): readonly string[] {
  const own: string[] = [];
  for (const label of labels) {
    if (/^(reserved|cidr|fqdn|cidrgroup):/.test(label)) continue;
    const plain = label.startsWith('k8s:') ? label.slice(4) : label;
    if (plain.startsWith('io.cilium.k8s.') || plain.startsWith('io.kubernetes.pod.namespace=')) continue;
    own.push(plain);
  }
  return workloadLabels(own);
}
