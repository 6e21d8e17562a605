import { z } from 'zod';

/** An e-mail address as accounts are kept by: case and space around it make no other account. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('must be an e-mail address, like ada@example.com'));

/** A new password. Length is what makes guessing long; nobody is asked for special characters. */
export const newPasswordSchema = z
  .string()
  .min(12, 'must have 12 characters or more')
  .max(128, 'must have 128 characters or fewer');

/** What a sign-in is asked for with; what cannot be an account is wrong like what is none. */
export const signInSchema = z.strictObject({
  email: z.string().trim().toLowerCase().max(1000),
  password: z.string().max(1000),
});

/** What makes the first admin. */
export const firstAdminSchema = z.strictObject({
  /** Of the link that `npm start` prints. */
  link: z.string().min(1).max(200),
  email: emailSchema,
  password: newPasswordSchema,
});

/** Who is signed in, and what they may do. */
export const sessionSchema = z.object({
  email: z.string(),
  groups: z.array(z.string()),
  rights: z.array(z.string()),
  exportsAll: z.boolean().describe('whether they may export all that they may read'),
  viewsAs: z.string().nullable().describe('whose access is looked with, read only; null: one’s own'),
});

/** Whom to view as. */
export const viewAsSchema = z.strictObject({ email: emailSchema });

/** Sign-in, sign-out: it is done. */
export const doneSchema = z.object({ done: z.literal(true) });

/** Why the sign-in page is shown, where not just for signing in. */
export const signInReasonSchema = z.enum(['expired', 'signed-out', 'provider-away', 'provider-refused']);
export type SignInReason = z.infer<typeof signInReasonSchema>;
