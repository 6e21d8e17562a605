import type { Command } from 'commander';
import type { Access } from '#lib/access/access.ts';
import { operatorAccess } from '#lib/access/operator-access.ts';
import type { Right } from '#lib/access/roles.ts';
import type { Reader } from '#lib/db/reader.ts';
import { resolveAccess } from '#lib/server/resolve-access.ts';
import { exitCode, usageError } from './exit.ts';

export type AsOptions = { readonly as?: string; readonly group?: readonly string[] };

/** Lets a command that reads be run with what somebody else may see. */
export function withAs(command: Command): Command {
  return command
    .option('--as <user>', 'only what this person may see, by e-mail address')
    .option('--group <names...>', 'with --as: groups that the identity provider says they are in');
}

/** What the operator may see, or the person named, which is never more. */
export async function accessAs(reader: Reader, { as, group }: AsOptions): Promise<Access> {
  if (as === undefined) {
    if (group !== undefined) throw usageError('--group says more of a person: name one with --as');
    return operatorAccess();
  }
  const person = {
    kind: 'person',
    userId: '',
    email: as,
    groups: group ?? [],
    authenticatedBy: 'session',
  } as const;
  return await resolveAccess(reader, person);
}

/** Whether somebody has one of the rights that a list is for; where not, says so and lets the command end with 1. */
export function mayDo(
  { viewer, rights }: Pick<Access, 'viewer' | 'rights'>,
  enough: readonly Right[],
  what: string,
): boolean {
  if (enough.some((right) => rights.has(right))) return true;
  const who = viewer.kind === 'person' ? viewer.email : 'the operator';
  console.error(
    `${who} may not see ${what}: that takes the right ${enough.join(' or ')}; flowloom access show ${who} tells theirs`,
  );
  process.exitCode = exitCode.no;
  return false;
}
