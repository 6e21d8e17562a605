import { at, type Field, isAbsent, refuse } from '#lib/inventory/field.ts';
import type { PortMatch } from '../model.ts';

const MAX_PORT = 65_535;
const wanted = 'a port from 0 to 65535, a range such as 8000:8080, or the name of a port';

/** A list of numbers, `first:last` ranges and names. */
export function calicoPortsAt(object: Field, key: string): readonly PortMatch[] {
  const field = at(object, key);
  if (isAbsent(field)) return [];
  const { value } = field;
  if (!Array.isArray(value)) {
    refuse(field, 'wrong-type', 'a list of ports');
    return [];
  }
  return value.flatMap((item: unknown, index) => {
    const port = portOf(item);
    if (port !== null) return [port];
    refuse({ ...field, value: item, path: [...field.path, index] }, 'bad-port', wanted);
    return [];
  });
}

function portOf(item: unknown): PortMatch | null {
  if (typeof item === 'number') return rangeOf(item, item);
  if (typeof item !== 'string') return null;
  const [, first, last = first] = /^(\d+)(?::(\d+))?$/.exec(item) ?? [];
  if (first !== undefined) return rangeOf(Number(first), Number(last));
  return /^[a-zA-Z0-9_.-]{1,128}$/.test(item) ? { name: item } : null;
}

function rangeOf(first: number, last: number): PortMatch | null {
  const isRange = Number.isInteger(first) && first >= 0 && first <= last && last <= MAX_PORT;
  return isRange ? { first, last } : null;
}
