import type { InventoryApplied, InventoryListItem } from '#lib/contracts/inventory.ts';
import { placeText } from '#lib/inventory/place.ts';
import { columns } from './columns.ts';

const MOST_WARNINGS = 20;

/** What an apply did, what it left out and why, and what to do next. */
export function describeApplied(applied: InventoryApplied): readonly string[] {
  const { cluster, added, changed, unchanged, removed, refused, notRead } = applied;
  const kinds = Object.entries(notRead).map(([kind, count]) => `${kind} ${count}`);
  const total = Object.values(notRead).reduce((sum, count) => sum + count, 0);
  const ended = applied.replaced.length > 0 && removed > 0 ? ' (with what was in namespaces made anew)' : '';
  return [
    ...describeProblems(applied),
    applied.appliedAt === null
      ? `nothing was applied to cluster ${cluster}`
      : `cluster ${cluster}, from ${applied.appliedAt} on`,
    `  added     ${added}`,
    `  changed   ${changed}`,
    `  unchanged ${unchanged}`,
    `  removed   ${removed}${ended}`,
    `  refused   ${refused}`,
    `  not read  ${total}${kinds.length === 0 ? '' : ` (${kinds.join(', ')})`}`,
    ...applied.replaced.map(
      (name) => `namespace ${name} was deleted and made anew: it has another uid, and its history begins now`,
    ),
    ...describePrune(applied),
    ...(applied.appliedAt === null && refused === 0
      ? ['there is no object that the inventory needs: docs/inventory.md lists the kinds it reads']
      : []),
  ];
}

function describePrune({ isPruneHeldBack, appliedAt }: InventoryApplied): readonly string[] {
  if (!isPruneHeldBack || appliedAt === null) return [];
  return [
    'nothing was pruned: what was refused may be what is missing. Correct it and apply again, or leave it out',
  ];
}

function describeProblems({ problems, problemsLeftOut }: InventoryApplied): readonly string[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  const left = warnings.length - MOST_WARNINGS;
  const lines = [...errors, ...warnings.slice(0, MOST_WARNINGS)].map(
    ({ severity, code, message, ...place }) => {
      // Most messages begin with the path themselves.
      const path = message.startsWith(place.path) ? '' : place.path;
      return `${severity}: ${placeText({ ...place, path })}: ${message} (${code})`;
    },
  );
  if (left > 0) lines.push(`and ${left} more warnings (--json has them)`);
  if (problemsLeftOut > 0) lines.push(`and ${problemsLeftOut} more problems`);
  return lines;
}

/** The objects of a page, one line each. */
export function describeObjects(objects: readonly InventoryListItem[]): readonly string[] {
  const head = ['CLUSTER', 'KIND', 'NAMESPACE', 'NAME', 'SINCE', 'READ FROM'];
  const rows = objects.map((object) => [
    object.cluster,
    object.kind,
    object.namespace ?? '–',
    object.name,
    object.validFrom.slice(0, 19).replace('T', ' '),
    `${object.file}:${object.line}`,
  ]);
  return columns([head, ...rows], head.length);
}
