import { z } from 'zod';

const claimsSchema = z.looseObject({
  sub: z.string().min(1),
  email: z.string().optional(),
  email_verified: z.union([z.boolean(), z.string()]).optional(),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
});

export type Claims = z.infer<typeof claimsSchema>;

/** Claims as a provider writes them; null for what are none. */
export function parseClaims(value: unknown): Claims | null {
  const parsed = claimsSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** The payload of a token whose signature was checked before. */
export function claimsIn(idToken: string): Claims | null {
  try {
    return parseClaims(JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}

/** The groups of a claim: a list of names, or one name. null where the claim is missing, which is not "in none". */
export function groupsIn(claims: Claims, claim: string): readonly string[] | null {
  const value = claims[claim];
  if (value === undefined) return null;
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((group): group is string => typeof group === 'string') : [];
}

/**
 * False where the provider itself says that the address may be somebody else's. Many providers (Entra ID
 * among them) say nothing of it, and their administrators give the addresses out.
 */
export function mayBeTrusted({ email_verified: isVerified }: Claims): boolean {
  return isVerified !== false && isVerified !== 'false';
}
