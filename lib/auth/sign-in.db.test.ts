import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Role, roleRights } from '#lib/access/roles.ts';
import { sessionSchema } from '#lib/contracts/sign-in.ts';
import { GET as ready } from '../../app/api/v1/ready/route.ts';
import { GET as session } from '../../app/api/v1/session/route.ts';
import { POST as signIn } from '../../app/api/v1/sign-in/route.ts';
import { POST as signOut } from '../../app/api/v1/sign-out/route.ts';
import { GET as sources } from '../../app/api/v1/sources/route.ts';
import { makePerson, type TestPerson } from '../../test/person.ts';
import { browserOf, serverDatabase } from '../../test/server-database.ts';
import { withClient } from '../../test/with-client.ts';

const origin = 'http://127.0.0.1:3000';
const asBrowser = { host: '127.0.0.1:3000', origin };
type Headers = Readonly<Record<string, string>>;

let database: Awaited<ReturnType<typeof serverDatabase>>;
let person: TestPerson;

beforeAll(async () => {
  database = await serverDatabase();
  person = await makePerson(database.urls);
});
afterAll(() => database.close());

function run(text: string, values: unknown[] = []) {
  return withClient(database.urls.owner, async (client) => (await client.query(text, values)).rows);
}

function get(handler: (request: Request) => Promise<Response>, headers: Headers): Promise<Response> {
  return handler(new Request(`${origin}/api/v1/any`, { headers: { ...asBrowser, ...headers } }));
}

function post(
  handler: (request: Request) => Promise<Response>,
  body: unknown,
  headers: Headers = {},
  query = '',
): Promise<Response> {
  const init = { method: 'POST', headers: { ...asBrowser, ...headers }, body: JSON.stringify(body) };
  return handler(new Request(`${origin}/api/v1/any${query}`, init));
}

async function told(answer: Response): Promise<readonly [number, string]> {
  return [answer.status, (await answer.json()).code];
}

/** As if it came from another machine, so that no test uses up another's tries. */
function elsewhere(): Headers {
  return { 'x-forwarded-for': randomUUID() };
}

describe('a session', () => {
  it('begins with a cookie that no script reads and no other site sends', async () => {
    const { email, password } = person;
    const answer = await post(signIn, { email: ` ${email.toUpperCase()} `, password }, elsewhere());
    expect(answer.status).toBe(200);
    const [cookie = '', ...more] = answer.headers.getSetCookie();
    expect(more).toEqual([]);
    expect(cookie).toMatch(
      /^flowloom\.session_token=[^;]{40,}; Max-Age=86400; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const known = await get(session, { cookie: cookie.split(';')[0] ?? '' });
    expect(sessionSchema.parse(await known.json())).toEqual({
      email,
      groups: [],
      rights: [...roleRights.admin].sort(),
      exportsAll: true,
      viewsAs: null,
    });
  });

  it('is another one after every sign-in, and the one before is over', async () => {
    const first = await browserOf(person);
    const answer = await post(
      signIn,
      { email: person.email, password: person.password },
      { ...first, ...elsewhere() },
    );
    const [second = ''] = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
    expect(second).not.toBe(first.cookie);
    expect((await get(session, first)).status).toBe(401);
    expect((await get(session, { cookie: second })).status).toBe(200);
  });

  it('ends by signing out, here or everywhere', async () => {
    const browsers = await Promise.all([browserOf(person), browserOf(person), browserOf(person)]);
    const [here, there, third] = browsers;
    const out = await post(signOut, null, here);
    expect(out.headers.getSetCookie()[0]).toMatch(/^flowloom\.session_token=; Max-Age=0/);
    const statuses = () => Promise.all(browsers.map(async (one) => (await get(session, one)).status));
    expect(await statuses()).toEqual([401, 200, 200]);
    expect((await post(signOut, null, there, '?where=everywhere')).status).toBe(200);
    expect(await statuses()).toEqual([401, 401, 401]);
    expect((await post(signOut, null, third)).status).toBe(401);
  });

  it('ends when its time is over, and when its person is removed', async () => {
    const leaving = await makePerson(database.urls);
    const [expired, removed] = [await browserOf(person), await browserOf(leaving)];
    expect((await get(session, removed)).status).toBe(200);
    await run('DELETE FROM app_user WHERE email = $1', [leaving.email]);
    expect(await told(await get(session, removed))).toEqual([401, 'not-signed-in']);
    expect(await told(await get(session, { authorization: leaving.bearer }))).toEqual([401, 'not-signed-in']);
    const token = decodeURIComponent(expired.cookie.split('=')[1] ?? '').split('.')[0];
    await run("UPDATE user_session SET expires_at = now() - interval '1 second' WHERE token = $1", [token]);
    expect(await told(await get(session, expired))).toEqual([401, 'not-signed-in']);
  });

  it('is made by nobody but the server: a cookie that is forged or changed is none', async () => {
    const { cookie } = await browserOf(person);
    const [name = '', value = ''] = cookie.split('=');
    const token = decodeURIComponent(value).split('.')[0] ?? '';
    const signed = createHmac('sha256', 'another secret').update(token).digest('base64');
    const forged = [
      `${name}=${token}`,
      `${name}=${encodeURIComponent(`${token}.${signed}`)}`,
      `${name}=${encodeURIComponent(`${token}.`)}`,
      `${name}=${value.slice(0, -8)}`,
      `${name}=`,
      `${name}=%`,
      'better-auth.session_token=x',
    ];
    for (const one of forged) expect([one, (await get(session, { cookie: one })).status]).toEqual([one, 401]);
    expect((await get(session, { cookie })).status).toBe(200);
  });

  it('does not let another site act for its person', async () => {
    const browser = await browserOf(person);
    const foreign: Headers[] = [
      { ...browser, origin: 'https://evil.example' },
      { ...browser, origin: 'null' },
      { cookie: browser.cookie, host: browser.host, 'sec-fetch-site': 'same-site' },
      { ...browser, host: 'rebound.example', origin: 'http://rebound.example' },
    ];
    for (const headers of foreign) {
      const request = new Request(`${origin}/api/v1/sign-out`, { method: 'POST', headers });
      expect(await told(await signOut(request))).toEqual([403, 'foreign-request']);
    }
    const plain = new Request(origin, {
      method: 'POST',
      headers: { cookie: browser.cookie, host: browser.host },
    });
    expect((await signOut(plain)).status).toBe(403);
    expect((await get(session, browser)).status).toBe(200);
  });
});

describe('a wrong try', () => {
  it('is answered alike for a wrong password, an unknown address and an account without a password', async () => {
    await run(
      `INSERT INTO app_user (id, name, email, email_verified) VALUES ('sso', 'sso', 'sso@test.example', true)`,
    );
    const tries = [
      { email: person.email, password: 'wrong password' },
      { email: 'nobody@test.example', password: 'wrong password' },
      { email: 'sso@test.example', password: 'wrong password' },
      { email: 'no address', password: 'wrong password' },
      { email: person.email, password: '' },
      { email: person.email, password: 'x'.repeat(900) },
      { email: `${person.email}' OR '1'='1`, password: 'x' },
    ];
    const answers: Response[] = [];
    for (const one of tries) answers.push(await post(signIn, one, elsewhere()));
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(texts).size).toBe(1);
    expect(
      answers.every(({ status, headers }) => status === 401 && headers.getSetCookie().length === 0),
    ).toBe(true);
  });

  it('takes as long for an address that is nobody’s', async () => {
    const timed = async (email: string): Promise<number> => {
      const startedAt = performance.now();
      await post(signIn, { email, password: 'wrong password' }, elsewhere());
      return performance.now() - startedAt;
    };
    await timed('warm@test.example');
    const other = await makePerson(database.urls);
    const known: number[] = [];
    const unknown: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      known.push(await timed(other.email));
      unknown.push(await timed(`${randomUUID()}@test.example`));
    }
    // Without a hash for nobody, the one would take a tenth of the other.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 3);
  });

  it('locks its account after ten, for the right password too, and for an account that is not there alike', async () => {
    const locked = await makePerson(database.urls);
    for (const email of [locked.email, 'ghost@test.example']) {
      const all = await Promise.all(
        Array.from({ length: 14 }, () => post(signIn, { email, password: 'wrong' }, elsewhere())),
      );
      const counted = all.map(({ status }) => status).sort();
      expect(counted).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
    }
    const right = await post(signIn, { email: locked.email, password: locked.password }, elsewhere());
    expect(await told(right)).toEqual([429, 'too-many-attempts']);
    const wait = Number(right.headers.get('retry-after'));
    expect(wait > 0 && wait <= 900).toBe(true);
    // In Postgres, so a restart clears nothing; only time does.
    await run("UPDATE sign_in_attempt SET since = since - interval '15 minutes'");
    const later = await post(signIn, { email: locked.email, password: locked.password }, elsewhere());
    expect(later.status).toBe(200);
    const kept = await run('SELECT key FROM sign_in_attempt WHERE key LIKE $1', [`%${locked.email}%`]);
    expect(kept).toEqual([]);
  });

  it('locks its address after fifty, whatever the accounts', async () => {
    const from = elsewhere();
    const statuses: number[] = [];
    for (let turn = 0; turn < 52; turn += 1) {
      // What is too long to be a password is not hashed: this takes no minute.
      const wrong = { email: `${turn}@test.example`, password: 'x'.repeat(500) };
      statuses.push((await post(signIn, wrong, from)).status);
    }
    expect(statuses.slice(48)).toEqual([401, 401, 429, 429]);
    const other = await makePerson(database.urls);
    expect((await post(signIn, other, from)).status).toBe(400);
    const { email, password } = other;
    expect((await post(signIn, { email, password }, from)).status).toBe(429);
    expect((await post(signIn, { email, password }, elsewhere())).status).toBe(200);
  });
});

describe('the guard', () => {
  it.each<[Role | null, number]>([
    ['admin', 200],
    ['security', 200],
    ['operator', 200],
    ['team', 200],
    [null, 403],
  ])('lets %s at the sources: %i', async (role, status) => {
    const { bearer } = await makePerson(database.urls, { role });
    expect((await get(sources, { authorization: bearer })).status).toBe(status);
  });

  it('is passed by health checks alone', async () => {
    expect((await get(ready, {})).status).toBe(200);
    const answer = await get(sources, {});
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="flowloom"']);
  });

  it('takes no cookie for a token that is no good', async () => {
    const browser = await browserOf(person);
    for (const authorization of ['Bearer flowloom_api_guess', 'Bearer x', 'Basic eA==', '']) {
      expect((await get(session, { ...browser, authorization })).status).toBe(401);
    }
  });
});
