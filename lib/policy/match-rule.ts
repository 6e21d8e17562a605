import { ask, type Inquiry } from './inquiry.ts';
import { type Condition, entityConditions } from './match-entity.ts';
import type { Rule } from './model.ts';
import { everyOf, not, type Truth } from './truth.ts';

export type CompiledRule = { readonly rule: Rule; readonly conditions: readonly Condition[] };

/** A rule as the conditions that it has, the cheapest first. */
export function compileRule(rule: Rule): CompiledRule {
  return {
    rule,
    conditions: [
      ...protocolConditions(rule),
      ...entityConditions(rule.destination, 'destination'),
      ...entityConditions(rule.source, 'source'),
      ...(rule.asksForHttp ? [other('HTTP method and path')] : []),
    ],
  };
}

export function matchRule(inquiry: Inquiry, { conditions }: CompiledRule): Truth {
  return everyOf(conditions, (condition) => condition(inquiry));
}

function protocolConditions(rule: Rule): readonly Condition[] {
  const conditions: Condition[] = [];
  const { protocol, notProtocol, ipVersion, icmp, notIcmp } = rule;
  if (protocol !== null) conditions.push((inquiry) => ask(inquiry, { about: 'protocol', protocol }));
  if (notProtocol !== null) {
    conditions.push((inquiry) => not(ask(inquiry, { about: 'protocol', protocol: notProtocol })));
  }
  if (ipVersion !== null) conditions.push((inquiry) => isOfVersion(inquiry, ipVersion));
  if (icmp !== null) conditions.push(other(icmpTitle(icmp)));
  if (notIcmp !== null) {
    const isThat = other(icmpTitle(notIcmp));
    conditions.push((inquiry) => not(isThat(inquiry)));
  }
  return conditions;
}

function icmpTitle({ type, code }: NonNullable<Rule['icmp']>): string {
  return `whether it is ICMP type ${type}${code === null ? '' : ` code ${code}`}`;
}

const allOfIpv4 = { version: 4, first: 0n, last: (1n << 32n) - 1n } as const;

/** Both ends of a packet have addresses of one version, so the source's is asked for. */
export function isOfVersion(inquiry: Inquiry, version: 4 | 6): Truth {
  const isIpv4 = ask(inquiry, { about: 'address', side: 'source', range: allOfIpv4 });
  return version === 4 ? isIpv4 : not(isIpv4);
}

function other(missing: string): Condition {
  return (inquiry) => ask(inquiry, { about: 'other', missing });
}
