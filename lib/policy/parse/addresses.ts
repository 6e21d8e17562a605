import { at, type Field, refuse, textsAt } from '#lib/inventory/field.ts';
import { type AddressRange, parseCidr } from '#lib/kit/cidr.ts';

/** A list of CIDRs or single addresses; each that is neither is refused in its own place. */
export function rangesAt(object: Field, key: string): readonly AddressRange[] {
  const field = at(object, key);
  return textsAt(object, key).flatMap((text, index) => {
    const range = parseCidr(text);
    if (range !== null) return [range];
    const item = { ...field, value: text, path: [...field.path, index] };
    refuse(item, 'bad-cidr', 'a CIDR such as 10.0.0.0/8 or 2001:db8::/32');
    return [];
  });
}
