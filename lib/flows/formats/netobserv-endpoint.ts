import {
  type AddressBook,
  type EndpointIdentity,
  endpointAt,
  plainEnd,
  readAddress,
  unknownEnd,
} from '#lib/flows/endpoint.ts';
import type { EndpointCache } from '#lib/flows/endpoint-cache.ts';
import type { FlowEndpoint } from '#lib/flows/flow-record.ts';
import { type Complaint, type JsonObject, readPort, readText } from '#lib/flows/json-fields.ts';
import { isIcmp } from '#lib/flows/protocol.ts';
import { workloadOfPod } from '#lib/flows/workload-name.ts';

/** The names of one end's fields: spelled once, since a name put together per line costs a lookup each. */
type EndKeys = ReturnType<typeof endKeys>;

function endKeys(side: 'Src' | 'Dst') {
  return {
    type: `${side}K8S_Type`,
    name: `${side}K8S_Name`,
    namespace: `${side}K8S_Namespace`,
    owner: `${side}K8S_OwnerName`,
    ownerType: `${side}K8S_OwnerType`,
    address: `${side}Addr`,
    port: `${side}Port`,
  };
}

export const sourceKeys = endKeys('Src');
export const destinationKeys = endKeys('Dst');

/** What both ends of one record share. */
export type Common = {
  readonly record: JsonObject;
  readonly protocol: string;
  readonly cluster: string | null;
  readonly addresses: AddressBook;
  readonly remember: EndpointCache;
  readonly complaint: Complaint;
};

/** Who an end of a record is; without a Kubernetes object, the network that its address is in. */
export function readNetobservEnd(keys: EndKeys, common: Common): FlowEndpoint {
  const { record, protocol, cluster, addresses, remember, complaint } = common;
  const type = readText(record[keys.type], keys.type, '', complaint);
  const name = readText(record[keys.name], keys.name, '', complaint);
  const namespace = readText(record[keys.namespace], keys.namespace, '', complaint);
  const owner = readText(record[keys.owner], keys.owner, '', complaint);
  const ownerType = readText(record[keys.ownerType], keys.ownerType, '', complaint);
  const address = readAddress(record[keys.address], keys.address, '', addresses, complaint);
  const port = isIcmp(protocol) ? null : readPort(record[keys.port], keys.port, '', complaint);
  const parts = [type, name, namespace, owner, ownerType, cluster];
  const known = remember(name ?? owner ?? '', parts, null, '', () => ({
    ...identify({ type, name, namespace, owner, ownerType }),
    cluster,
  }));
  if (known.kind !== 'unknown' || address === null) return endpointAt(known, address, port);
  const network = addresses.get(address);
  const end = network === undefined ? known : { ...plainEnd('network', network), cluster };
  return endpointAt(end, address, port);
}

type Described = {
  readonly type: string | null;
  readonly name: string | null;
  readonly namespace: string | null;
  readonly owner: string | null;
  readonly ownerType: string | null;
};

function identify(end: Described): EndpointIdentity {
  const name = end.name ?? '';
  // Loki keeps the owner in its labels and may have lost the rest of the line's fields.
  const type = end.type ?? (end.ownerType === 'Node' || end.ownerType === 'Service' ? end.ownerType : null);
  if (type === 'Node') return plainEnd('host', end.name ?? end.owner ?? '');
  if (type === 'Service') {
    return { ...plainEnd('service', end.name ?? end.owner ?? ''), namespace: end.namespace };
  }
  if (type === null && end.name === null && end.owner === null && end.namespace === null) return unknownEnd;
  return {
    ...plainEnd('workload', end.owner === null || end.ownerType === 'Pod' ? workloadOfPod(name) : end.owner),
    namespace: end.namespace,
    workloadKind: end.ownerType,
    pod: type === 'Pod' || type === null ? end.name : null,
  };
}
