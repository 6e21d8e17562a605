import { at, type Field, objectAt, refuse, requireText } from '#lib/inventory/field.ts';
import { isWithin, parseCidr } from '#lib/kit/cidr.ts';
import type { EntityMatch } from '../model.ts';
import { rangesAt } from './addresses.ts';
import { refuseUnknown } from './policy-field.ts';

const fields = new Set(['cidr', 'except']);

/** `cidr` without the `except`s, each of which must be a smaller part of it. */
export function ipBlockAt(peer: Field, key: string): Pick<EntityMatch, 'nets' | 'notNets'> | null {
  const field = objectAt(peer, key);
  if (field === null) return null;
  refuseUnknown(field, fields);
  const text = requireText(field, 'cidr');
  const range = text?.includes('/') ? parseCidr(text) : null;
  const excepts = rangesAt(field, 'except');
  if (text !== null && range === null) refuse(at(field, 'cidr'), 'bad-cidr', 'a CIDR such as 10.0.0.0/8');
  if (range === null) return null;
  for (const [index, except] of excepts.entries()) {
    if (isWithin(except, range) && !isWithin(range, except)) continue;
    const list = at(field, 'except');
    const value = Array.isArray(list.value) ? list.value[index] : undefined;
    refuse({ ...list, value, path: [...list.path, index] }, 'bad-except', `a smaller part of ${text}`);
  }
  return { nets: [range], notNets: excepts };
}
