import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';
import { z } from 'zod';

type Person = Readonly<Record<string, unknown>>;

/** How a provider lies: what it writes into the ID token that it signs, or signs it with. */
export type Lie = {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly signedWith?: 'nothing' | 'another key';
  readonly leavesOut?: 'id_token';
};

export type IdentityProvider = {
  readonly people: Map<string, Person>;
  /** null: it tells the truth. */
  lie: Lie | null;
  readonly listen: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const tokenSchema = z.looseObject({ id_token: z.string() });

/** A real OpenID provider at a port of this machine, which can be made to lie. It signs in whoever it is told. */
export function identityProvider(port: number, redirectUri: string): IdentityProvider {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const people = new Map<string, Person>();
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [
      {
        client_id: 'flowloom',
        client_secret: 'client secret',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] },
    cookies: { keys: ['a key of the test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    findAccount: async (_context: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...people.get(id) }),
    }),
  });
  const state: { lie: Lie | null } = { lie: null };
  provider.use(async (context, next) => {
    await next();
    if (state.lie === null || context.oidc?.route !== 'token') return;
    const told = tokenSchema.safeParse(context.body);
    if (told.success) context.body = distort(told.data, state.lie, { privateKey, other });
  });
  const server = createServer(provider.callback());
  return {
    people,
    get lie() {
      return state.lie;
    },
    set lie(lie) {
      state.lie = lie;
    },
    listen: async () => {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    close: async () => {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

function distort(
  answer: z.infer<typeof tokenSchema>,
  { claims, signedWith, leavesOut }: Lie,
  { privateKey, other }: { readonly privateKey: KeyObject; readonly other: KeyObject },
): unknown {
  const { id_token: token, ...rest } = answer;
  if (leavesOut !== undefined) return rest;
  const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  const header = signedWith === 'nothing' ? { alg: 'none' } : { alg: 'RS256', kid: 'one' };
  const text = [header, { ...payload, ...claims }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  if (signedWith === 'nothing') return { ...rest, id_token: `${text}.` };
  const key = signedWith === 'another key' ? other : privateKey;
  return { ...rest, id_token: `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}` };
}

/** Goes through the provider's own pages as a person does, and answers the address that it sends back to. */
export async function passProvider(address: string, login: string, until: string): Promise<string> {
  const jar = new Map<string, string>();
  let at = new URL(address);
  let body: URLSearchParams | null = null;
  for (let turn = 0; turn < 20; turn += 1) {
    if (at.href.startsWith(until)) return at.href;
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const init: RequestInit = body === null ? {} : { method: 'POST', body };
    const answer: Response = await fetch(at, { ...init, redirect: 'manual', headers: { cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      jar.set(name, value);
    }
    const location = answer.headers.get('location');
    const page = await answer.text();
    if (location !== null) {
      at = new URL(location, at);
      body = null;
      continue;
    }
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    const action = /action="([^"]+)"/.exec(page)?.[1];
    if (prompt === undefined || action === undefined)
      throw new Error(`the provider says: ${page.slice(0, 500)}`);
    at = new URL(action, at);
    body = new URLSearchParams(prompt === 'login' ? { prompt, login, password: 'any' } : { prompt });
  }
  throw new Error(`the provider leads in circles, at last to ${at.href}`);
}
