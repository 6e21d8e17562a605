import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn } from '#lib/auth/sign-in.ts';
import { peopleSchema, personDoneSchema } from '#lib/contracts/people.ts';
import { makePerson, type TestPerson } from '../../../../test/person.ts';
import { browserOf, serverDatabase } from '../../../../test/server-database.ts';
import { withClient } from '../../../../test/with-client.ts';
import { GET as session } from '../session/route.ts';
import { DELETE, GET, PATCH, POST } from './route.ts';

let database: Awaited<ReturnType<typeof serverDatabase>>;
let admin: TestPerson;

beforeAll(async () => {
  database = await serverDatabase();
  admin = await makePerson(database.urls);
});
afterAll(() => database.close());

async function ask(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  query = '',
  body: unknown = undefined,
  authorization = admin.bearer,
) {
  const init = { method, headers: { authorization } };
  const answer = await { GET, POST, PATCH, DELETE }[method](
    new Request(
      `http://127.0.0.1:3000/api/v1/people${query}`,
      body === undefined ? init : { ...init, body: JSON.stringify(body) },
    ),
  );
  return { status: answer.status, document: await answer.json() };
}

async function mayIn(email: string, password: string): Promise<boolean> {
  return (
    (await signIn({ email, password, address: '127.0.0.1', headers: new Headers() })).kind === 'signed-in'
  );
}

async function audited(email: string): Promise<readonly unknown[]> {
  return withClient(database.urls.owner, async (client) => {
    const { rows } = await client.query(
      `SELECT kind, details FROM audit_event WHERE details->>'email' = $1 ORDER BY id`,
      [email],
    );
    return rows;
  });
}

it('makes a person, gives another role and password, and removes them with their sessions', async () => {
  const email = 'ada@people.example';
  const made = await ask('POST', '', { email: ' Ada@People.example', role: 'team', groups: ['shop'] });
  const { password } = personDoneSchema.parse(made.document);
  expect(await mayIn(email, password ?? '')).toBe(true);
  const listed = await ask('GET');
  expect(JSON.stringify(listed.document)).not.toContain(password);
  expect(peopleSchema.parse(listed.document).people.find((one) => one.email === email)).toMatchObject({
    role: 'team',
    groups: ['shop'],
    signsInWith: ['password'],
    lastSignInAt: expect.any(String),
  });

  expect((await ask('PATCH', `?email=${email}`, { role: null })).document).toEqual({ email, password: null });
  const browser = await browserOf({ email, password: password ?? '' });
  const renewed = personDoneSchema.parse(
    (await ask('PATCH', `?email=${email}`, { password: 'made' })).document,
  );
  expect(await mayIn(email, password ?? '')).toBe(false);
  expect(await mayIn(email, renewed.password ?? '')).toBe(true);
  const asked = new Request('http://127.0.0.1:3000/api/v1/session', { headers: browser });
  expect((await session(asked)).status).toBe(401);

  expect((await ask('DELETE', `?email=${email}`)).document).toEqual({ removed: email });
  expect((await ask('DELETE', `?email=${email}`)).status).toBe(404);
  expect((await ask('PATCH', `?email=${email}`, { role: 'admin' })).status).toBe(404);
  expect(await audited(email)).toMatchObject([
    { kind: 'user-created', details: { role: 'team', groups: ['shop'] } },
    { kind: 'user-changed', details: { role: null } },
    { kind: 'user-changed', details: { what: 'a new password' } },
    ...[{ kind: 'user-removed' }, { kind: 'user-removed' }, { kind: 'user-changed' }],
  ]);
});

it('makes no password where none is wanted, and no second account of an address', async () => {
  const body = { email: 'bob@people.example', password: 'none' };
  expect((await ask('POST', '', body)).document).toEqual({ email: body.email, password: null });
  const second = await ask('POST', '', body);
  expect([second.status, second.document]).toMatchObject([409, { code: 'address-taken', field: 'email' }]);
});

it('leaves whoever asks an admin', async () => {
  const own = `?email=${admin.email.toUpperCase()}`;
  expect((await ask('DELETE', own)).document).toMatchObject({ status: 409, code: 'own-account' });
  expect((await ask('PATCH', own, { role: 'viewer' })).document).toMatchObject({ code: 'own-account' });
});

it('is for whoever manages access', async () => {
  const { bearer } = await makePerson(database.urls, { role: 'security' });
  expect((await ask('GET', '', undefined, bearer)).status).toBe(403);
  expect((await ask('POST', '', { email: 'eve@people.example' }, bearer)).status).toBe(403);
});

it.each([
  [{ email: 'nobody' }, 'email'],
  [{ email: 'a@b.example', role: 'king' }, 'role'],
  [{ email: 'a@b.example', groups: [''] }, 'groups.0'],
  [{ email: 'a@b.example', password: 'hunter2hunter2' }, 'password'],
  [{ email: 'a@b.example', admin: true }, 'admin'],
])('refuses %j and names the field', async (body, field) => {
  expect((await ask('POST', '', body)).document).toMatchObject({ status: 400, code: 'bad-body', field });
});

it.each([[{}], [{ role: 'king' }], [{ password: 'mine' }]])('refuses the change %j', async (body) => {
  expect((await ask('PATCH', '?email=a@b.example', body)).status).toBe(400);
});
