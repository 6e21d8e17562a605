import { at, type Field, isAbsent, isObject, refuse } from '#lib/inventory/field.ts';
import { lineOf } from '#lib/inventory/lines.ts';
import type { PolicyManifest, Problem, Report } from '#lib/inventory/model.ts';
import { type Path, type Place, pathText } from '#lib/inventory/place.ts';

/** A policy's own JSON to read from; what is wrong in it goes to `problems` with file, document and line. */
export function policyField(manifest: PolicyManifest, problems: Problem[]): Field {
  const report: Report = (severity, code, path, message) =>
    problems.push({ severity, code, place: placeIn(manifest, path), message });
  return { value: manifest.value, path: [], report };
}

function placeIn({ place, lines }: PolicyManifest, path: Path): Place {
  const inner = pathText(path);
  const isJoined = place.path !== '' && inner !== '' && !inner.startsWith('[');
  return {
    ...place,
    line: lineOf(lines, path, place.line),
    path: `${place.path}${isJoined ? '.' : ''}${inner}`,
  };
}

/**
 * Refuses every field that the kind has not. Elsewhere an unknown field is only warned of; in a policy
 * it may be the misspelt half of a selector, without which the rule would allow more than was meant.
 */
export function refuseUnknown(object: Field, known: ReadonlySet<string>): void {
  if (!isObject(object.value)) return;
  for (const key of Object.keys(object.value)) {
    if (known.has(key)) continue;
    const path = [...object.path, key];
    const message = `${pathText(path)} is no field of this kind: correct its spelling, its place or the apiVersion`;
    object.report('error', 'unknown-field', path, message);
  }
}

/** A finite number, null where it is absent. */
export function numberAt(object: Field, key: string): number | null {
  const field = at(object, key);
  if (isAbsent(field)) return null;
  return typeof field.value === 'number' ? field.value : refuse(field, 'wrong-type', 'a number');
}

/** A whole number within bounds, null where it is absent. */
export function wholeAt(object: Field, key: string, least: number, most: number): number | null {
  const field = at(object, key);
  if (isAbsent(field)) return null;
  const { value } = field;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  return refuse(field, 'out-of-range', `a whole number from ${least} to ${most}`);
}

export function isThere(object: Field, key: string): boolean {
  return !isAbsent(at(object, key));
}
