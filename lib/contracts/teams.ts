import { z } from 'zod';

/** Teams and their homes: whose namespaces are whose, and where somebody begins. */

const placeSchema = z.object({ cluster: z.string(), name: z.string() });

/** `GET /api/v1/teams`: the teams and namespaces that whoever asks may know of. */
export const teamsSchema = z.object({
  /** The path of their home. */
  start: z.string(),
  /** Their own first; with the namespaces in sight of whoever asks. */
  teams: z.array(
    z.object({
      name: z.string(),
      /** Whether they are in the group of this name. */
      isMember: z.boolean(),
      namespaces: z.array(placeSchema),
    }),
  ),
  /** What is in sight, by cluster and name; `leftOut` says how many more there are. */
  namespaces: z.array(placeSchema.extend({ owner: z.string().nullable() })),
  leftOut: z.number().int().nonnegative(),
});

/** `GET /api/v1/home`: of a team or a namespace, what its page stands on. */
export const homeSchema = z.object({
  /** The name of the team; null for the home of one namespace. */
  team: z.string().nullable(),
  isMember: z.boolean(),
  namespaces: z.array(
    placeSchema.extend({
      /** As the inventory has them. */
      owner: z.string().nullable(),
      contact: z.string().nullable(),
      /** `key=value`. */
      labels: z.array(z.string()),
    }),
  ),
  /** Whom to ask where nobody else is known: some who administer access. */
  admins: z.array(z.string()),
});

/** Whose home: a team's, or that of one namespace. */
export type HomeName = { readonly team: string } | { readonly cluster: string; readonly namespace: string };

export type TeamList = z.infer<typeof teamsSchema>;
export type HomeDocument = z.infer<typeof homeSchema>;

/** The page of a team. */
export function teamHref(team: string): string {
  return `/teams/${encodeURIComponent(team)}`;
}

/** The page of a namespace. */
export function namespaceHref(cluster: string, namespace: string): string {
  return `/namespaces/${encodeURIComponent(cluster)}/${encodeURIComponent(namespace)}`;
}
