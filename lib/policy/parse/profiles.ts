import { at, type Field, objectAt, textMapAt } from '#lib/inventory/field.ts';
import { completeLabels, type Labels, partialLabels } from '../labels.ts';
import type { Endpoint, ProfileRules } from '../model.ts';
import { calicoRulesAt } from './calico-rule.ts';
import { refuseUnknown } from './policy-field.ts';

/** A Profile of Calico: what holds for the endpoints that name it where no policy decides. */
export type Profile = {
  /** What those endpoints inherit. */
  readonly labels: Readonly<Record<string, string>>;
  readonly rules: ProfileRules;
};

const objectFields = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status']);
const profileFields = new Set(['labelsToApply', 'ingress', 'egress']);

export function readProfile(object: Field): Profile {
  refuseUnknown(object, objectFields);
  const spec = objectAt(object, 'spec') ?? { ...at(object, 'spec'), value: {} };
  refuseUnknown(spec, profileFields);
  return {
    labels: textMapAt(spec, 'labelsToApply'),
    rules: { ingress: calicoRulesAt(spec, 'ingress', ''), egress: calicoRulesAt(spec, 'egress', '') },
  };
}

/** The profile of hosts that Calico makes by itself; it allows everything. */
const allowing = 'projectcalico-default-allow';

type Profiled = Pick<Endpoint, 'isAllowedByProfile' | 'profileRules'> & { readonly labels: Labels };

/**
 * What an endpoint has of the profiles that it names, in their order: their rules up to the first
 * profile that nobody knows or that allows everything, and their labels where it has none of its own.
 */
export function profiled(
  own: Labels,
  names: readonly string[],
  profiles: ReadonlyMap<string, Profile>,
): Profiled {
  const isOpen = (name: string) => !profiles.has(name);
  const opened = names.find(isOpen);
  const known = (opened === undefined ? names : names.slice(0, names.indexOf(opened))).flatMap((name) => {
    const profile = profiles.get(name);
    return profile === undefined ? [] : [profile];
  });
  const isEachKnown = names.every((name) => name === allowing || !isOpen(name));
  const entries = [
    ...names.flatMap((name) => Object.entries(profiles.get(name)?.labels ?? {})).reverse(),
    ...own.known,
  ];
  const rules: ProfileRules = {
    ingress: known.flatMap((profile) => profile.rules.ingress),
    egress: known.flatMap((profile) => profile.rules.egress),
  };
  return {
    labels: isEachKnown ? completeLabels(entries) : partialLabels(entries),
    isAllowedByProfile: opened === undefined ? false : opened === allowing ? true : null,
    ...(known.length > 0 && { profileRules: rules }),
  };
}
