import { isRole, type Role, roleRights } from '#lib/access/roles.ts';
import { rightNames } from './access-words.ts';

/** The roles to choose from, and none. */
export const roleChoices: readonly { readonly value: string; readonly name: string }[] = [
  { value: '', name: 'No role' },
  ...Object.keys(roleRights).map((role) => ({ value: role, name: role })),
];

/** What was chosen; '' is no role. */
export function chosenRole(value: string): Role | null {
  return isRole(value) ? value : null;
}

/** What a role in the whole estate means, in a sentence. */
export function roleHint(role: Role | null): string {
  if (role === null) return 'They see what bindings give them or their groups, and nothing else.';
  return `In the whole estate: ${roleRights[role].map((right) => rightNames[right].toLowerCase()).join(', ')}.`;
}
