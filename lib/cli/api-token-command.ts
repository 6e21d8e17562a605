import { allRights } from '#lib/access/roles.ts';
import { createApiToken } from '#lib/auth/api-token.ts';
import { defaultApiTokenLife, newApiTokenSchema } from '#lib/contracts/api-token.ts';
import { emailSchema } from '#lib/contracts/sign-in.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import { withDatabase } from '#lib/runtime/with-database.ts';
import { audited } from './audited.ts';
import { commandEnvironment } from './command-environment.ts';
import { exitCode, usageError } from './exit.ts';
import { printJson, printLines } from './output.ts';

export type WantedPersonToken = {
  readonly user?: string;
  readonly right: readonly string[];
  readonly name?: string;
  readonly expires?: string;
  readonly json?: boolean;
};

/** `flowloom token create --user`: it never gets more than the person has, whatever rights it names. */
export async function createPersonToken(
  given: string,
  { right, name, expires = defaultApiTokenLife, json }: WantedPersonToken,
): Promise<void> {
  const email = emailSchema.safeParse(given);
  if (!email.success) throw usageError(`--user "${given}" ${email.error.issues[0]?.message}`);
  const unknown = right.find((one) => !allRights.some((known) => known === one));
  if (unknown !== undefined) {
    throw usageError(`there is no right "${unknown}": take of ${allRights.join(', ')}`);
  }
  const rights = right.length === 0 ? ['read'] : right;
  const wanted = newApiTokenSchema.safeParse({ name, rights, expires });
  if (!wanted.success) {
    const [issue] = wanted.error.issues;
    throw usageError(`--${String(issue?.path[0])}: ${issue?.message}`);
  }
  const token = {
    email: email.data,
    name: wanted.data.name,
    rights: allRights.filter((known) => rights.includes(known)),
    lifeMs: wanted.data.expires,
  };
  const created = await withDatabase(commandEnvironment(), async (urls) => {
    const made = await asOwner(urls.owner, (asker) => createApiToken(asker, token, Date.now()));
    if (made !== null)
      await audited(urls, { kind: 'token-created', details: { token: made.id, of: made.user } });
    return made;
  });
  if (created === null) {
    console.error(`error: there is no account ${email.data}; flowloom user list shows all`);
    process.exitCode = exitCode.no;
    return;
  }
  if (json) return printJson(created);
  // The token alone on standard output, so that a script can take it.
  console.error(
    `Token ${created.id} asks for ${created.user} (${created.rights.join(', ')}) until ${created.expiresAt}. ` +
      'It is shown this once:',
  );
  printLines([created.token]);
}
