import { type Cursor, peek } from './cursor.ts';
import type { FieldRef } from './expression.ts';
import { counterNames, fieldNames, isCounterName, isFieldName, traitsOf } from './fields.ts';
import { Misread, type Wanted } from './misread.ts';

/** Reads `namespace`, `source.namespace`, `dest.port` or `label.app`. */
export function readField(cursor: Cursor, wanted: Wanted): FieldRef {
  const { kind, text, from } = peek(cursor);
  const wrong = (message: string) => new Misread(from, message, [wanted]);
  if (kind !== 'word') throw wrong(`write a predicate here, like namespace == "shop"; fields: ${known}`);
  const prefix = /^(source|dest)\./.exec(text)?.[1];
  const rest = prefix === undefined ? text : text.slice(prefix.length + 1);
  const [first = ''] = rest.split('.', 1);
  const name = isFieldName(first) ? first : null;
  if (isCounterName(text)) throw wrong(`${text} is a counter and always there: compare it, like ${text} > 0`);
  if (isCounterName(first)) throw wrong(`${first} counts the whole edge: leave out ${prefix}.`);
  if (name === null) throw wrong(`there is no field ${text}: write one of ${known}`);
  if (name === 'label') {
    const key = rest.slice('label.'.length);
    if (key === '') throw wrong('write the key of a label, like label.app');
    cursor.index += 1;
    return { side: sideOf(prefix), name, key };
  }
  if (rest !== name) throw wrong(`${name} has no parts: write ${name}`);
  if (prefix !== undefined && !traitsOf(name).ofEnds && !(name === 'port' && prefix === 'dest')) {
    throw wrong(
      name === 'port'
        ? "clients' ports are not kept: write port, which is the server's"
        : `${name} is of the flow, not of an end: leave out ${prefix}.`,
    );
  }
  cursor.index += 1;
  return { side: traitsOf(name).ofEnds ? sideOf(prefix) : null, name, key: null };
}

const known = [...fieldNames.map((name) => (name === 'label' ? 'label.<key>' : name)), ...counterNames].join(
  ', ',
);

function sideOf(prefix: string | undefined): FieldRef['side'] {
  return prefix === 'source' || prefix === 'dest' ? prefix : null;
}
