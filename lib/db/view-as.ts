import type { ViewedPerson } from '#lib/access/viewer.ts';
import type { Asker } from './auth-store.ts';

/** Whom a session looks as; null: it looks as itself. */
export async function viewedBy(asker: Asker, sessionId: string): Promise<ViewedPerson | null> {
  const [row] = await asker.ask<ViewedPerson>(
    `/* flowloom:viewed-by */ SELECT u.id AS "userId", u.email,
       ARRAY(SELECT DISTINCT "group" FROM user_group WHERE user_id = u.id ORDER BY 1) AS groups
     FROM view_as JOIN app_user u ON u.id = view_as.user_id WHERE session_id = $1`,
    [sessionId],
  );
  return row ?? null;
}

/** From now on a session looks as the person of this address; false where there is nobody, or no such session. */
export async function beginViewAs(asker: Asker, sessionId: string, email: string): Promise<boolean> {
  const begun = await asker.change(
    `/* flowloom:begin-view-as */ INSERT INTO view_as (session_id, user_id)
     SELECT user_session.id, app_user.id FROM user_session, app_user WHERE user_session.id = $1 AND app_user.email = $2
     ON CONFLICT (session_id) DO UPDATE SET user_id = EXCLUDED.user_id, begun_at = now()`,
    [sessionId, email],
  );
  return begun > 0;
}

/** A session looks as itself again; false where it did already. */
export async function endViewAs(asker: Asker, sessionId: string): Promise<boolean> {
  return (
    (await asker.change('/* flowloom:end-view-as */ DELETE FROM view_as WHERE session_id = $1', [
      sessionId,
    ])) > 0
  );
}
