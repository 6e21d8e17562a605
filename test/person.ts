import { randomUUID } from 'node:crypto';
import { allRights, type Right, type Role } from '#lib/access/roles.ts';
import { createApiToken } from '#lib/auth/api-token.ts';
import { createUser } from '#lib/auth/create-user.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';

export type TestPerson = {
  readonly email: string;
  readonly password: string;
  /** As an Authorization header shows it. */
  readonly bearer: string;
};

const HOUR_MS = 3_600_000;

/** Somebody with a password and an API token, with nothing else in common with anybody. */
export async function makePerson(
  urls: Pick<DatabaseUrls, 'owner'>,
  {
    role = 'admin',
    rights = allRights,
  }: { readonly role?: Role | null; readonly rights?: readonly Right[] } = {},
): Promise<TestPerson> {
  const email = `${randomUUID()}@test.example`;
  const password = randomUUID();
  return asOwner(urls.owner, async (session) => {
    await createUser(session, { email, password, role, groups: [] });
    const wanted = { email, name: '', rights, lifeMs: HOUR_MS };
    const created = await createApiToken(session, wanted, Date.now());
    if (created === null) throw new Error('the person is not there');
    return { email, password, bearer: `Bearer ${created.token}` };
  });
}

/** Signs in over HTTP and answers the cookie, as a Cookie header shows it. */
export async function signInAs(
  url: string,
  { email, password }: Pick<TestPerson, 'email' | 'password'>,
): Promise<string> {
  const answer = await fetch(`${url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`sign-in as ${email}: ${answer.status} ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ');
}
