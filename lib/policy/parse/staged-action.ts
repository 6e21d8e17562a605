import { type Field, wordAt } from '#lib/inventory/field.ts';
import type { Policy } from '../model.ts';

const words = ['Set', 'Delete', 'Learn', 'Ignore'] as const;
const actions = { Set: 'set', Delete: 'delete', Learn: 'learn', Ignore: 'ignore' } as const;

/** What a staged policy stands for: Set where it says nothing. */
export function stagedActionAt(spec: Field): NonNullable<Policy['stagedAction']> {
  return actions[wordAt(spec, 'stagedAction', words) ?? 'Set'];
}
