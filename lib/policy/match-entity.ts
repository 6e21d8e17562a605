import type { AddressRange } from '#lib/kit/cidr.ts';
import type { LabelledSet } from './directory.ts';
import { ask, askLabel, endTitle, type Inquiry, labelledEnd } from './inquiry.ts';
import { isOneOfPorts } from './match-port.ts';
import { matchService } from './match-service.ts';
import type { EntityMatch } from './model.ts';
import type { Side } from './question.ts';
import { evaluateNode } from './selector/node.ts';
import type { Selector } from './selector.ts';
import { everyOf, not, someOf, type Truth } from './truth.ts';

/** One thing that a rule asks for. */
export type Condition = (inquiry: Inquiry) => Truth;

/** What a rule asks of one end; an empty list holds for every packet. */
export function entityConditions(match: EntityMatch, side: Side): readonly Condition[] {
  const conditions: Condition[] = [];
  const { selector, notSelector, ports, notPorts, nets, notNets, service, domains } = match;
  if (ports.length > 0) conditions.push((inquiry) => isOneOfPorts(inquiry, side, ports));
  if (notPorts.length > 0) conditions.push((inquiry) => not(isOneOfPorts(inquiry, side, notPorts)));
  if (selector !== null) conditions.push((inquiry) => isSelected(inquiry, side, selector));
  if (notSelector !== null) conditions.push((inquiry) => not(isSelected(inquiry, side, notSelector)));
  if (nets.length > 0) conditions.push((inquiry) => isInNets(inquiry, side, nets));
  if (notNets.length > 0) conditions.push((inquiry) => not(isInNets(inquiry, side, notNets)));
  if (service !== null) conditions.push((inquiry) => matchService(inquiry, side, service));
  if (domains.length > 0) {
    const missing = `whether the ${side} is one of the domains ${domains.join(', ')}`;
    conditions.push((inquiry) => ask(inquiry, { about: 'other', missing }));
  }
  return conditions;
}

/**
 * Whether the address of an end belongs to an endpoint or a network set that the selector chooses: a
 * packet from nowhere known is chosen by no selector, `all()` included.
 */
function isSelected(inquiry: Inquiry, side: Side, selector: Selector): Truth {
  const endpoint = inquiry.world.flow[side];
  if (endpoint.kind === 'unknown') {
    return ask(inquiry, { about: 'other', missing: `whether ${selector.canonical} selects the ${side}` });
  }
  const ofEndpoint = isSelectedByLabels(inquiry, side, selector);
  if (ofEndpoint === true) return true;
  const ofSets = someOf(inquiry.directory.setsThatMayMatch(selector), (set) =>
    everyOf(
      [
        () => isInSet(inquiry, side, set),
        () => evaluateNode(selector.node, (one) => askLabel(inquiry, set.labelled, set.title, one)),
      ],
      (condition) => condition(),
    ),
  );
  return someOf([ofEndpoint, ofSets], (truth) => truth);
}

/** What known labels alone decide is remembered: no assumption about a flow changes it. */
function isSelectedByLabels(inquiry: Inquiry, side: Side, selector: Selector): Truth {
  const endpoint = inquiry.world.flow[side];
  const said = inquiry.directory.saidOf(endpoint);
  const remembered = said.get(selector);
  if (remembered !== undefined) return remembered;
  const labelled = labelledEnd(endpoint);
  const truth =
    labelled === null
      ? false
      : evaluateNode(selector.node, (one) => askLabel(inquiry, labelled, endTitle(side), one));
  if (truth !== 'unknown' && inquiry.world.assumed.length === 0) said.set(selector, truth);
  return truth;
}

/** A pod or a host is not behind a domain name; any other destination may be. */
function isInSet(inquiry: Inquiry, side: Side, { nets, domains, title }: LabelledSet): Truth {
  const byAddress = isInNets(inquiry, side, nets);
  const isNamed =
    domains.length > 0 && side === 'destination' && labelledEnd(inquiry.world.flow[side]) === null;
  if (byAddress === true || !isNamed) return byAddress;
  const missing = `whether the destination is one of the domains of ${title}`;
  return someOf([byAddress, ask(inquiry, { about: 'other', missing })], (truth) => truth);
}

function isInNets(inquiry: Inquiry, side: Side, nets: readonly AddressRange[]): Truth {
  return someOf(nets, (range) => ask(inquiry, { about: 'address', side, range }));
}
