import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sessionSchema } from '#lib/contracts/sign-in.ts';
import { freePort } from '#lib/runtime/free-port.ts';
import { GET as finish } from '../../app/api/v1/auth/callback/oidc/route.ts';
import { GET as session } from '../../app/api/v1/session/route.ts';
import { GET as begin } from '../../app/api/v1/sign-in/oidc/route.ts';
import { POST as signIn } from '../../app/api/v1/sign-in/route.ts';
import { type IdentityProvider, identityProvider, passProvider } from '../../test/identity-provider.ts';
import { makePerson } from '../../test/person.ts';
import { serverDatabase } from '../../test/server-database.ts';
import { withClient } from '../../test/with-client.ts';

const home = 'http://127.0.0.1:3000';
const callback = `${home}/api/v1/auth/callback/oidc`;

let database: Awaited<ReturnType<typeof serverDatabase>>;
let provider: IdentityProvider;

beforeAll(async () => {
  const port = (await freePort(null)) ?? 0;
  provider = identityProvider(port, callback);
  database = await serverDatabase({
    FLOWLOOM_OIDC_ISSUER: `http://127.0.0.1:${port}`,
    FLOWLOOM_OIDC_CLIENT_ID: 'flowloom',
    FLOWLOOM_OIDC_CLIENT_SECRET: 'client secret',
    FLOWLOOM_OIDC_SCOPES: 'email profile groups',
  });
});
afterAll(async () => {
  await provider.close();
  await database.close();
});
beforeEach(() => {
  provider.lie = null;
});

function get(
  handler: (request: Request) => Promise<Response>,
  address: string,
  cookie = '',
): Promise<Response> {
  // Another site leads here: the provider.
  const headers = { host: '127.0.0.1:3000', cookie, 'sec-fetch-site': 'cross-site' };
  return handler(new Request(address, { headers }));
}

function cookiesOf(answer: Response): string {
  const pairs = answer.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
  return pairs.join('; ');
}

/** From the button to the end, as a browser goes. */
async function signInAs(login: string, next = '/'): Promise<Response> {
  const begun = await get(begin, `${home}/api/v1/sign-in/oidc?next=${encodeURIComponent(next)}`);
  const back = await passProvider(begun.headers.get('location') ?? '', login, callback);
  return await get(finish, back, cookiesOf(begun));
}

async function whoIs(cookie: string) {
  const headers = { host: '127.0.0.1:3000', cookie };
  const answer = await session(new Request(`${home}/api/v1/session`, { headers }));
  return answer.status === 200 ? sessionSchema.parse(await answer.json()) : answer.status;
}

it('says at the sign-in that a provider is away, holds up no password, and goes on when it is there', async () => {
  const away = await get(begin, `${home}/api/v1/sign-in/oidc?next=/sources`);
  expect([away.status, away.headers.get('location')]).toEqual([
    303,
    '/sign-in?next=%2Fsources&reason=provider-away',
  ]);
  const { email, password } = await makePerson(database.urls);
  const request = new Request(`${home}/api/v1/sign-in`, {
    method: 'POST',
    headers: { host: '127.0.0.1:3000', origin: home },
    body: JSON.stringify({ email, password }),
  });
  expect((await signIn(request)).status).toBe(200);
  await provider.listen();
  const there = await get(begin, `${home}/api/v1/sign-in/oidc`);
  const asked = new URL(there.headers.get('location') ?? '').searchParams;
  expect([...asked.keys()]).toEqual(
    expect.arrayContaining(['state', 'nonce', 'code_challenge', 'redirect_uri', 'scope']),
  );
  expect(asked.get('redirect_uri')).toBe(callback);
});

it('signs in with the groups of the provider, and follows them', async () => {
  provider.people.set('ada', {
    email: 'Ada@Corp.example',
    email_verified: true,
    groups: ['sre', 'payments'],
  });
  const done = await signInAs('ada', '/sources?x=1');
  expect([done.status, done.headers.get('location')]).toEqual([303, '/sources?x=1']);
  expect(await whoIs(cookiesOf(done))).toEqual({
    email: 'ada@corp.example',
    groups: ['payments', 'sre'],
    rights: [],
    exportsAll: false,
    viewsAs: null,
  });
  provider.people.set('ada', { email: 'ada@corp.example', email_verified: true, groups: ['sre'] });
  const again = await signInAs('ada');
  expect(await whoIs(cookiesOf(again))).toMatchObject({ groups: ['sre'] });
  const [kept] = await withClient(
    database.urls.owner,
    async (client) =>
      (
        await client.query(`SELECT count(*)::int AS logins, count(coalesce(access_token, id_token, refresh_token))::int AS tokens
        FROM user_login WHERE provider_id = 'oidc'`)
      ).rows,
  );
  expect(kept).toEqual({ logins: 1, tokens: 0 });
});

it('leads nowhere but to paths of this server', async () => {
  provider.people.set('bob', { email: 'bob@corp.example' });
  for (const next of ['//evil.example/x', 'https://evil.example', '/\\evil.example', '/api/v1/sign-out']) {
    const done = await signInAs('bob', next);
    expect([next, done.headers.get('location')]).toEqual([next, '/home']);
  }
});

describe('a sign-in is refused', () => {
  it.each<[string, IdentityProvider['lie']]>([
    ['for a wrong issuer', { claims: { iss: 'http://127.0.0.1:1' } }],
    ['for a wrong audience', { claims: { aud: 'somebody else' } }],
    ['for a wrong nonce', { claims: { nonce: 'replayed' } }],
    ['without a nonce', { claims: { nonce: undefined } }],
    ['after its time', { claims: { exp: 1_000_000_000, iat: 999_999_000 } }],
    ['with alg none', { signedWith: 'nothing' }],
    ['by a key that is not the provider’s', { signedWith: 'another key' }],
    ['for another subject than the userinfo’s', { claims: { sub: 'eve' } }],
    ['without an ID token', { leavesOut: 'id_token' }],
  ])('%s', async (_why, lie) => {
    provider.people.set('mallory', { email: 'mallory@corp.example', groups: ['sre'] });
    provider.lie = lie;
    const done = await signInAs('mallory');
    expect([done.status, done.headers.get('location')]).toEqual([303, '/sign-in?reason=provider-refused']);
    expect(cookiesOf(done)).not.toMatch(/session_token=[^;]/);
    const known = await withClient(
      database.urls.owner,
      async (client) => (await client.query("SELECT FROM app_user WHERE email LIKE 'mallory%'")).rows,
    );
    expect(known).toEqual([]);
  });

  it('for an address that the provider itself has not verified, or that is an account’s here without proof', async () => {
    const local = await makePerson(database.urls);
    provider.people.set('unverified', { email: 'new@corp.example', email_verified: false });
    provider.people.set('silent', { email: local.email });
    provider.people.set('none', {});
    for (const login of ['unverified', 'silent', 'none']) {
      const done = await signInAs(login);
      expect([login, done.headers.get('location')]).toEqual([login, '/sign-in?reason=provider-refused']);
    }
    provider.people.set('proven', { email: local.email, email_verified: true });
    expect(await whoIs(cookiesOf(await signInAs('proven')))).toMatchObject({ email: local.email });
  });

  it('for a callback that nobody asked for, or that comes a second time or to another browser', async () => {
    provider.people.set('carl', { email: 'carl@corp.example' });
    const begun = await get(begin, `${home}/api/v1/sign-in/oidc`);
    const back = await passProvider(begun.headers.get('location') ?? '', 'carl', callback);
    const refused = ['/sign-in?reason=provider-refused'];
    expect([(await get(finish, back)).headers.get('location')]).toEqual(refused);
    expect([(await get(finish, `${callback}?code=x&state=y`)).headers.get('location')]).toEqual(refused);
    expect([(await get(finish, `${callback}?error=access_denied`)).headers.get('location')]).toEqual(refused);
    expect([(await get(finish, back, cookiesOf(begun))).headers.get('location')]).toEqual(['/home']);
    expect([(await get(finish, back, cookiesOf(begun))).headers.get('location')]).toEqual(refused);
  });
});
