import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';

export type DraftRow = {
  readonly id: string;
  readonly cluster: string;
  readonly name: string;
  readonly yaml: string;
  readonly replaceAll: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

export type DraftsQuestion = {
  readonly ownerId: string;
  /** null: all of theirs. */
  readonly id: string | null;
  readonly now: Date;
};

/** Somebody's own drafts whose time is not over, newest first. */
export async function policyDrafts(
  reader: Reader,
  scope: Scope,
  { ownerId, id, now }: DraftsQuestion,
): Promise<readonly DraftRow[]> {
  return reader.ask<DraftRow>(scope, {
    name: 'policy-drafts',
    text: `SELECT id, cluster, name, yaml, replace_all AS "replaceAll", created_at AS "createdAt",
        expires_at AS "expiresAt"
      FROM policy_draft WHERE owner_id = $1 AND expires_at > $2 AND ($3::text IS NULL OR id = $3)
      ORDER BY created_at DESC, id`,
    values: [ownerId, now, id],
    personId: ownerId,
  });
}
