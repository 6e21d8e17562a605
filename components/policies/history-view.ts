import type { PolicyDetail } from '#lib/contracts/policies.ts';
import { type DiffPart, diffLines, partsOf } from './yaml/line-diff.ts';

/** One change of a policy: when, and what of its text. */
export type PolicyChange = {
  readonly key: string;
  readonly atMs: number;
  readonly kind: 'changed' | 'appeared' | 'deleted';
  readonly added: number;
  readonly removed: number;
  /** Empty where it appeared or went: the whole text did. */
  readonly parts: readonly DiffPart[];
};

/** Versions, newest first → changes, newest first. A gap between two versions is a deletion and a return. */
export function changesOf(versions: PolicyDetail['versions']): readonly PolicyChange[] {
  return versions.flatMap((version, index) => {
    const newer = versions[index - 1];
    const older = versions[index + 1];
    const isGone = version.to !== null && newer?.from !== version.to;
    const follows = older !== undefined && older.to === version.from;
    return [
      ...(isGone && version.to !== null ? [deletion(version.to, version.yaml)] : []),
      follows ? change(version.from, older.yaml, version.yaml) : appearance(version.from, version.yaml),
    ];
  });
}

function change(at: string, before: string, after: string): PolicyChange {
  const lines = diffLines(before, after);
  const count = (kind: 'added' | 'removed') => lines.filter((line) => line.kind === kind).length;
  return {
    key: `changed ${at}`,
    atMs: Date.parse(at),
    kind: 'changed',
    added: count('added'),
    removed: count('removed'),
    parts: partsOf(lines),
  };
}

function appearance(at: string, yaml: string): PolicyChange {
  const added = diffLines('', yaml).length;
  return { key: `appeared ${at}`, atMs: Date.parse(at), kind: 'appeared', added, removed: 0, parts: [] };
}

function deletion(at: string, yaml: string): PolicyChange {
  const removed = diffLines(yaml, '').length;
  return { key: `deleted ${at}`, atMs: Date.parse(at), kind: 'deleted', added: 0, removed, parts: [] };
}
