import type { OwnerSession } from './owner-session.ts';
import type { DraftRow } from './sql/policy-drafts.ts';

/**
 * Keeps a draft. With it go those whose time is over, and of its owner's the oldest beyond `most`: nobody tidies
 * up what is for a day.
 */
export async function insertDraft(
  session: OwnerSession,
  ownerId: string,
  draft: DraftRow,
  most: number,
): Promise<void> {
  const { id, cluster, name, yaml, replaceAll, createdAt, expiresAt } = draft;
  await session.inTransaction(async () => {
    await session.change(
      `/* flowloom:draft-insert */ INSERT INTO policy_draft (id, owner_id, cluster, name, yaml, replace_all, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, ownerId, cluster, name, yaml, replaceAll, createdAt, expiresAt],
    );
    await session.change('/* flowloom:draft-expire */ DELETE FROM policy_draft WHERE expires_at <= $1', [
      createdAt,
    ]);
    await session.change(
      `/* flowloom:draft-crowd */ DELETE FROM policy_draft WHERE id IN (
         SELECT id FROM policy_draft WHERE owner_id = $1 ORDER BY created_at DESC, id OFFSET $2)`,
      [ownerId, most],
    );
  });
}

/** Takes a draft of somebody's away; false where they have none of this id. */
export async function deleteDraft(session: OwnerSession, ownerId: string, id: string): Promise<boolean> {
  const gone = await session.change(
    '/* flowloom:draft-delete */ DELETE FROM policy_draft WHERE id = $1 AND owner_id = $2',
    [id, ownerId],
  );
  return gone > 0;
}
