import type { Somebody } from '#lib/access/subject-key.ts';
import type { Reader } from '#lib/db/reader.ts';
import { account } from '#lib/db/sql/account.ts';

/** Somebody with what their account says of them, where they have one. */
export async function withAccount(reader: Reader, { name, groups }: Somebody): Promise<Somebody> {
  const { role, groups: more } = await account(reader, name);
  return { name, role, groups: [...new Set([...groups, ...more])] };
}
