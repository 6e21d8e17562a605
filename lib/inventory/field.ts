import type { JsonObject, Report, TextMap } from './model.ts';
import { type Path, pathText } from './place.ts';
import { shown } from './shown.ts';

/**
 * A value with its path, and somewhere to say what is wrong with it. The readers below never throw: they
 * report and answer as if it were absent, and an object with an error is not taken in the end. As on
 * the API server, null is absent.
 */
export type Field = { readonly value: unknown; readonly path: Path; readonly report: Report };

/** What stands under a key; absent where `object` is none. */
export function at(object: Field, key: string): Field {
  const { value, path, report } = object;
  const found = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return { value: found ?? undefined, path: [...path, key], report };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isAbsent(field: Field): boolean {
  return field.value === undefined || field.value === null;
}

/** Reports that `field` is not what it must be. */
export function refuse(field: Field, code: string, wanted: string): null {
  const hint =
    wanted.startsWith('text') && /^(number|boolean)$/.test(typeof field.value) ? ': put it in quotes' : '';
  const message = `${pathText(field.path)} must be ${wanted}, but is ${shown(field.value)}${hint}`;
  field.report('error', code, field.path, message);
  return null;
}

/** The same field where it is an object; null where it is absent, or wrong and reported. */
export function objectAt(object: Field, key: string): Field | null {
  const field = at(object, key);
  if (isAbsent(field)) return null;
  return isObject(field.value) ? field : refuse(field, 'wrong-type', 'an object');
}

export function requireObject(object: Field, key: string): Field | null {
  const field = at(object, key);
  return isObject(field.value) ? field : refuse(field, 'wrong-type', 'an object');
}

/** The items of a list of objects; none where it is absent. */
export function objectsAt(object: Field, key: string): readonly Field[] {
  return itemsAt(object, key).filter((item) => {
    if (!isObject(item.value)) refuse(item, 'wrong-type', 'an object');
    return isObject(item.value);
  });
}

/** The items of a list, none where it is absent. */
function itemsAt(object: Field, key: string): readonly Field[] {
  const field = at(object, key);
  const { value, path, report } = field;
  if (isAbsent(field)) return [];
  if (!Array.isArray(value)) {
    refuse(field, 'wrong-type', 'a list');
    return [];
  }
  return value.map((item, index) => ({ value: item, path: [...path, index], report }));
}

/** Text, null where it is absent or empty. */
export function textAt(object: Field, key: string): string | null {
  const field = at(object, key);
  if (isAbsent(field) || field.value === '') return null;
  return typeof field.value === 'string' ? field.value : refuse(field, 'wrong-type', 'text');
}

/** Text that must be there. */
export function requireText(object: Field, key: string): string | null {
  const field = at(object, key);
  return typeof field.value === 'string' && field.value !== ''
    ? field.value
    : refuse(field, isAbsent(field) ? 'missing' : 'wrong-type', 'text that is not empty');
}

/** A list of text, empty where it is absent. */
export function textsAt(object: Field, key: string): readonly string[] {
  return itemsAt(object, key).flatMap((item) => {
    if (typeof item.value === 'string') return [item.value];
    refuse(item, 'wrong-type', 'text');
    return [];
  });
}

/** One of `words`, null where it is absent or empty. */
export function wordAt<Word extends string>(object: Field, key: string, words: readonly Word[]): Word | null {
  const field = at(object, key);
  if (isAbsent(field) || field.value === '') return null;
  const word = words.find((each) => each === field.value);
  return word ?? refuse(field, 'unknown-word', `one of ${words.join(', ')}`);
}

export function flagAt(object: Field, key: string): boolean {
  const field = at(object, key);
  if (isAbsent(field)) return false;
  return typeof field.value === 'boolean'
    ? field.value
    : (refuse(field, 'wrong-type', 'true or false, without quotes') ?? false);
}

/** A port from 1 to 65535, null where it is absent. 0 is absent too, as Go has it. */
export function portAt(object: Field, key: string): number | null {
  const field = at(object, key);
  return isAbsent(field) || field.value === 0 ? null : requirePort(object, key);
}

export function requirePort(object: Field, key: string): number | null {
  const field = at(object, key);
  return isPort(field.value)
    ? field.value
    : refuse(field, 'bad-port', 'a port, a whole number from 1 to 65535 without quotes');
}

export function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535;
}

/** An object of texts, empty where it is absent. A null in it is empty text, as Go has it. */
export function textMapAt(object: Field, key: string): TextMap {
  const texts: { [key: string]: string } = Object.create(null);
  const field = objectAt(object, key);
  if (field === null || !isObject(field.value)) return texts;
  for (const name of Object.keys(field.value)) {
    const item = at(field, name);
    if (typeof item.value === 'string') texts[name] = item.value;
    else if (isAbsent(item)) texts[name] = '';
    else refuse(item, 'wrong-type', 'text');
  }
  return texts;
}

/** Warns of every field that the API server would refuse or drop: it says nothing, whatever it looks like. */
export function warnOfUnknown(object: Field, known: ReadonlySet<string>): void {
  if (!isObject(object.value)) return;
  for (const key of Object.keys(object.value)) {
    if (known.has(key)) continue;
    const path = [...object.path, key];
    object.report(
      'warning',
      'unknown-field',
      path,
      `${pathText(path)} is no field that is known here, so it is not read: check the spelling and the level`,
    );
  }
}
