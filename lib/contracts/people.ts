import { z } from 'zod';
import { emailSchema } from './sign-in.ts';

/** Who may sign in, as people are listed, made and changed. */

const roleSchema = z.enum(['admin', 'security', 'operator', 'team', 'viewer']).nullable();

const groupSchema = z
  .string()
  .trim()
  .min(1, 'a name is needed')
  .max(253, 'at most 253 letters')
  .regex(/^\P{Cc}*$/u, 'a name has no control characters');

export const newPersonSchema = z.strictObject({
  email: emailSchema,
  /** In the whole estate; null: what bindings give, and nothing else. */
  role: roleSchema.default(null),
  groups: z.array(groupSchema).max(1_000).default([]),
  /** `made`: the answer shows one once; `none`: they sign in through the identity provider only. */
  password: z.enum(['made', 'none']).default('made'),
});

export const personChangeSchema = z
  .strictObject({
    role: roleSchema.optional(),
    /** Another password; every session of theirs ends. */
    password: z.literal('made').optional(),
  })
  .refine(
    ({ role, password }) => role !== undefined || password !== undefined,
    'give role, password or both',
  );

export const personSchema = z.object({
  id: z.string(),
  email: z.string(),
  role: roleSchema,
  /** Said by their account or the identity provider; groups of the settings and documents are not here. */
  groups: z.array(z.string()),
  signsInWith: z.array(z.string()).describe('password, oidc'),
  createdAt: z.string(),
  lastSignInAt: z.string().nullable().describe('of the sessions there are; null: none'),
  isDemo: z.boolean(),
});

/** By address. */
export const peopleSchema = z.object({ people: z.array(personSchema) });

/** What was done, and the password where one was made: nothing shows it a second time. */
export const personDoneSchema = z.object({ email: z.string(), password: z.string().nullable() });

export type NewPerson = z.output<typeof newPersonSchema>;
export type PersonChange = z.output<typeof personChangeSchema>;
export type PersonDocument = z.infer<typeof personSchema>;
export type People = z.infer<typeof peopleSchema>;
