import { isObject } from '#lib/inventory/field.ts';
import { lineOf } from '#lib/inventory/lines.ts';
import type { PolicyManifest } from '#lib/inventory/model.ts';
import type { Direction, Policy } from './model.ts';
import { readPolicies } from './parse/read-policies.ts';

/**
 * The line of a manifest at which each rule of its policy begins, by the index that records and answers give.
 * A rule of a manifest is several where it names several peers or protocols.
 */
export function ruleLines(manifest: PolicyManifest): Readonly<Record<Direction, readonly number[]>> {
  return { ingress: linesIn(manifest, 'ingress'), egress: linesIn(manifest, 'egress') };
}

function linesIn(manifest: PolicyManifest, direction: Direction): readonly number[] {
  const { spec } = manifest.value;
  const rules = isObject(spec) ? spec[direction] : null;
  if (!isObject(spec) || !Array.isArray(rules)) return [];
  return rules.flatMap((rule: unknown, index) => {
    const alone = { ...manifest.value, spec: { ...spec, [direction]: [rule] } };
    const [policy] = readPolicies([{ ...manifest, value: alone }]).cluster.policies;
    const line = lineOf(manifest.lines, ['spec', direction, index], manifest.place.line);
    return Array.from({ length: countOf(policy, direction) }, () => line);
  });
}

function countOf(policy: Policy | undefined, direction: Direction): number {
  return policy === undefined ? 1 : policy[direction].length;
}
