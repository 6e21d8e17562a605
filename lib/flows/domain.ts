import { type EndpointIdentity, plainEnd } from './endpoint.ts';
import { type Complaint, complain, readList, shown } from './json-fields.ts';

const LONGEST_DOMAIN = 253;
const domainName = /^[a-z0-9_*-]+(\.[a-z0-9_*-]+)*$/;

/** Names that a cluster's own DNS gives: they stand for services, which are inside. */
const inside = /(^|\.)(svc|cluster\.local)$/;

/**
 * The one domain that a list of names is drawn by: in lower case, without the dot of the root, the first
 * in alphabetical order, so that the order in which they were resolved cannot matter. null where none of
 * them names anything outside of the cluster.
 */
export function readDomain(value: unknown, key: string, path: string, complaint: Complaint): string | null {
  let first: string | null = null;
  for (const name of readList(value, key, path, complaint) ?? []) {
    if (typeof name !== 'string') {
      const message = `${path + key} must be a list of names, but holds ${shown(name)}: correct the exporter or the line`;
      complain(complaint, 'wrong-type', path + key, message);
      continue;
    }
    const domain = domainOf(name);
    if (domain !== null && (first === null || domain < first)) first = domain;
  }
  return first;
}

function domainOf(name: string): string | null {
  const plain = (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase();
  if (plain.length > LONGEST_DOMAIN || !domainName.test(plain) || inside.test(plain)) return null;
  // An address, or the `-` of Calico's logs, is no name.
  return /^[\d.-]+$/.test(plain) ? null : plain;
}

/**
 * A public end by its domain. Any other stays as it is: behind a private address may be a part of the
 * cluster that the log did not recognise, and drawing it as an outside domain would hide that.
 */
export function namedByDomain(end: EndpointIdentity, domain: string | null): EndpointIdentity {
  const isOutside = end.kind === 'network' && end.name === 'public' && end.namespace === null;
  return domain !== null && isOutside ? { ...plainEnd('domain', domain), cluster: end.cluster } : end;
}
