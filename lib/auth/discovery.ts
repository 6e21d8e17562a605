import { z } from 'zod';
import { err, ok, type Result } from '#lib/kit/result.ts';

const TIMEOUT_MS = 8_000;

/** What a provider says of itself (OpenID Connect Discovery 1.0), as far as a sign-in needs it. */
const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
});

export type Discovery = z.infer<typeof discoverySchema>;

/** Where a provider says it. */
export function discoveryAddress(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}

/** Asks a provider what it is; an error is for the log. A provider that names another issuer is not the one. */
export async function discover(issuer: string): Promise<Result<Discovery, string>> {
  const address = discoveryAddress(issuer);
  const document = await readJson(address);
  if (!document.ok) return document;
  const parsed = discoverySchema.safeParse(document.value);
  if (!parsed.success) return err(`${address} is no discovery document: ${z.prettifyError(parsed.error)}`);
  if (parsed.data.issuer !== issuer) {
    return err(
      `${address} names the issuer "${parsed.data.issuer}", and FLOWLOOM_OIDC_ISSUER is "${issuer}"`,
    );
  }
  return ok(parsed.data);
}

/** What the userinfo endpoint says of whoever holds an access token; null where it says nothing. */
export async function readUserInfo(address: string, accessToken: string): Promise<unknown> {
  const answer = await readJson(address, { authorization: `Bearer ${accessToken}` });
  return answer.ok ? answer.value : null;
}

async function readJson(
  address: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Result<unknown, string>> {
  try {
    const response = await fetch(address, {
      headers: { accept: 'application/json', ...headers },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) return err(`${address} answers ${response.status}`);
    return ok(await response.json());
  } catch (error) {
    const { message, cause } = error instanceof Error ? error : new Error(String(error));
    return err(
      `${address} does not answer: ${message}${cause instanceof Error ? ` (${cause.message})` : ''}`,
    );
  }
}
