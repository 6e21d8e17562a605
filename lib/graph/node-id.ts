import type { DrawnEnd, ServedPort } from './model.ts';

/**
 * Node ids as in the graph document: `<cluster>/<kind>/[<namespace>/]<name>`; the kind of a workload is an
 * attribute. A server port has the id of its workload or service, and its own behind it.
 */
export function nodeId(end: DrawnEnd): string {
  return end.served ? `${idOf(end)}/${portId(end.served)}` : idOf(end);
}

function portId({ protocol, port }: ServedPort): string {
  return port === null ? protocol : `${protocol}/${port}`;
}

function idOf({ cluster, kind, namespace, name }: DrawnEnd): string {
  switch (kind) {
    case 'cluster':
      return `${cluster}/cluster`;
    case 'namespace':
      return `${cluster}/namespace/${namespace ?? ''}`;
    case 'outside-scope':
      return kind;
    case 'unknown':
      return `${cluster}/unknown`;
    case 'workload':
    case 'service':
    case 'service-group':
      return `${cluster}/${kind}/${namespace ?? ''}/${name}`;
    case 'networkset':
      return namespace === null
        ? `${cluster}/networkset/${name}`
        : `${cluster}/networkset/${namespace}/${name}`;
    default:
      return `${cluster}/${kind}/${name}`;
  }
}

/** What a node is called on the screen. */
export function nodeLabel({ cluster, kind, namespace, name, served, layer, group }: DrawnEnd): string {
  if (served) return portId(served).replace('/', ' ');
  if (layer) return layer.label;
  if (group && group.services.length > 1) return `${name} +${group.services.length - 1}`;
  if (kind === 'cluster') return cluster;
  if (kind === 'namespace') return namespace ?? '';
  if (kind === 'network') return name === 'public' ? 'Public network' : 'Private network';
  if (kind === 'unknown') return 'Unknown';
  if (kind === 'outside-scope') return 'Outside your scope';
  return name === '' ? 'Unnamed workload' : name;
}
