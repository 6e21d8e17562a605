import type { Role } from '#lib/access/roles.ts';
import { wholeEstate } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';

/** What an account itself says of access: a role in the whole estate, and groups. */
export type Account = { readonly role: Role | null; readonly groups: readonly string[] };

/** The account of an address; nothing where there is none. Asked before there is a scope to ask with. */
export async function account(reader: Reader, email: string): Promise<Account> {
  const [row] = await reader.ask<Account>(wholeEstate(), {
    name: 'account',
    text: `SELECT role, ARRAY(SELECT DISTINCT "group" FROM user_group WHERE user_id = app_user.id ORDER BY 1) AS groups
      FROM app_user WHERE email = $1`,
    values: [email.toLowerCase()],
  });
  return row ?? { role: null, groups: [] };
}
