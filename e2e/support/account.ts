import type { BrowserContext } from 'playwright';

import { signInAs, type TestPerson } from '../../test/person.ts';

/** Signs a browser in without its pages: the session goes into the cookies of the context. */
export async function signInBrowser(
  context: BrowserContext,
  url: string,
  person: Pick<TestPerson, 'email' | 'password'>,
): Promise<void> {
  const pairs = (await signInAs(url, person)).split('; ');
  await context.addCookies(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url, httpOnly: true, sameSite: 'Lax' };
    }),
  );
}
