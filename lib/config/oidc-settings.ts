import { z } from 'zod';
import { err, ok, type Result } from '#lib/kit/result.ts';

/** The identity provider that people may sign in with. */
export type OidcSettings = {
  /** As the provider writes it into its tokens. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The claim that lists the groups of a person. */
  readonly groupsClaim: string;
  /** What its button says after "Sign in with". */
  readonly name: string;
  /** What is asked for beside `openid`. */
  readonly scopes: readonly string[];
};

/** The variables of the environment that make them. */
export const oidcVariables = {
  FLOWLOOM_OIDC_ISSUER: z
    .url({ protocol: /^https?$/, message: 'must be the issuer of the provider, like https://login.example' })
    .optional(),
  FLOWLOOM_OIDC_CLIENT_ID: z.string().min(1).optional(),
  FLOWLOOM_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  FLOWLOOM_OIDC_GROUPS_CLAIM: z.string().min(1).default('groups'),
  FLOWLOOM_OIDC_NAME: z.string().trim().min(1).max(40).default('single sign-on'),
  FLOWLOOM_OIDC_SCOPES: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((scope) => scope !== ''))
    .default(['email', 'profile']),
} as const;

type Given = {
  readonly FLOWLOOM_OIDC_ISSUER?: string | undefined;
  readonly FLOWLOOM_OIDC_CLIENT_ID?: string | undefined;
  readonly FLOWLOOM_OIDC_CLIENT_SECRET?: string | undefined;
  readonly FLOWLOOM_OIDC_GROUPS_CLAIM: string;
  readonly FLOWLOOM_OIDC_NAME: string;
  readonly FLOWLOOM_OIDC_SCOPES: readonly string[];
};

/** All three that a provider needs, or none of them. */
export function oidcSettings(given: Given): Result<OidcSettings | null, string> {
  const needed = {
    FLOWLOOM_OIDC_ISSUER: given.FLOWLOOM_OIDC_ISSUER,
    FLOWLOOM_OIDC_CLIENT_ID: given.FLOWLOOM_OIDC_CLIENT_ID,
    FLOWLOOM_OIDC_CLIENT_SECRET: given.FLOWLOOM_OIDC_CLIENT_SECRET,
  };
  const {
    FLOWLOOM_OIDC_ISSUER: issuer,
    FLOWLOOM_OIDC_CLIENT_ID: clientId,
    FLOWLOOM_OIDC_CLIENT_SECRET: clientSecret,
  } = needed;
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return ok(null);
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) {
    const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
    return err(`${missing.join(', ')}: is needed too, since sign-in with OpenID Connect is set up in part`);
  }
  return ok({
    issuer,
    clientId,
    clientSecret,
    groupsClaim: given.FLOWLOOM_OIDC_GROUPS_CLAIM,
    name: given.FLOWLOOM_OIDC_NAME,
    scopes: given.FLOWLOOM_OIDC_SCOPES,
  });
}
