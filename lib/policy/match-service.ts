import { ask, askLabel, endTitle, type Inquiry, labelledEnd } from './inquiry.ts';
import { isNamedPort } from './match-port.ts';
import type { ServiceName, ServicePort } from './model.ts';
import type { Side } from './question.ts';
import { evaluateNode } from './selector/node.ts';
import { everyOf, someOf, type Truth } from './truth.ts';

/**
 * Whether an end is one of a service's backends: on the destination at the ports that they serve, on
 * the source by address alone.
 */
export function matchService(inquiry: Inquiry, side: Side, name: ServiceName): Truth {
  const title = `${name.namespace}/${name.name}`;
  const endpoint = inquiry.world.flow[side];
  const service = inquiry.directory.serviceOf(name);
  const selector = service?.selector ?? null;
  if (service === undefined || selector === null || endpoint.kind === 'unknown') {
    return ask(inquiry, { about: 'other', missing: `whether the ${side} is a backend of service ${title}` });
  }
  const labelled = labelledEnd(endpoint);
  if (labelled === null || endpoint.namespace !== name.namespace) return false;
  const isBackend = evaluateNode(selector.node, (one) => askLabel(inquiry, labelled, endTitle(side), one));
  if (side === 'source' || isBackend === false) return isBackend;
  const isServed = someOf(service.ports, (port) => isServicePort(inquiry, side, port));
  return everyOf([isBackend, isServed], (truth) => truth);
}

function isServicePort(inquiry: Inquiry, side: Side, { protocol, target }: ServicePort): Truth {
  return everyOf(
    [
      () => ask(inquiry, { about: 'protocol', protocol }),
      () =>
        typeof target === 'string'
          ? isNamedPort(inquiry, side, target)
          : ask(inquiry, { about: 'port', side, first: target, last: target }),
    ],
    (condition) => condition(),
  );
}
