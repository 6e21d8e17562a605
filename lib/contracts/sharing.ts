import { z } from 'zod';
import { mostEmbedOrigins, parseEmbedOrigin } from './embed-origin.ts';

const originSchema = z.string().transform((text, context) => {
  const parsed = parseEmbedOrigin(text);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: 'custom', message: parsed.error });
  return z.NEVER;
});

const originsSchema = z
  .array(originSchema)
  .max(mostEmbedOrigins, `takes at most ${mostEmbedOrigins} origins: write https://*.example.com for several`)
  .transform((origins) => [...new Set(origins)].sort());

/** `/api/v1/sharing`: what an admin lets out of the installation. */
export const sharingSchema = z.object({
  /** Whether snapshots may be opened without signing in. */
  publicSnapshots: z.boolean(),
  /** Whose pages may show embeds; none: nobody's. */
  embedOrigins: z.array(z.string()),
});

/** What is changed; what is not named stays as it is. */
export const sharingChangeSchema = z
  .strictObject({ publicSnapshots: z.boolean(), embedOrigins: originsSchema })
  .partial()
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    message: 'name what is to change: publicSnapshots or embedOrigins',
  });

export type Sharing = z.infer<typeof sharingSchema>;
export type SharingChange = z.output<typeof sharingChangeSchema>;

/** What is stored, of any version; what nobody understands, or decided on, is closed. */
export const storedSharingSchema = z
  .object({ publicSnapshots: z.boolean().catch(false), embedOrigins: originsSchema.catch([]) })
  .catch({ publicSnapshots: false, embedOrigins: [] });
