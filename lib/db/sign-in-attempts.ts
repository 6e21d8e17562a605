import type { Asker } from './auth-store.ts';

/**
 * Counts one more try under a key and answers how many there were in the window, this one included, and
 * since when. Counted before it is known how the try ends, so that a thousand at once count a thousand.
 */
export async function countTry(
  asker: Asker,
  key: string,
  { at, windowMs }: { readonly at: Date; readonly windowMs: number },
): Promise<{ readonly tries: number; readonly since: Date }> {
  const rows = await asker.ask<{ tries: number; since: Date }>(
    `/* flowloom:count-try */ INSERT INTO sign_in_attempt AS known (key, tries, since) VALUES ($1, 1, $2)
     ON CONFLICT (key) DO UPDATE SET
       tries = CASE WHEN known.since <= $3 THEN 1 ELSE known.tries + 1 END,
       since = CASE WHEN known.since <= $3 THEN $2 ELSE known.since END
     RETURNING tries, since`,
    [key, at, new Date(at.getTime() - windowMs)],
  );
  return rows[0] ?? { tries: 1, since: at };
}

/** One try less: this one was right. */
export async function takeTryBack(asker: Asker, key: string): Promise<void> {
  const less = 'UPDATE sign_in_attempt SET tries = tries - 1 WHERE key = $1 AND tries > 0';
  await asker.change(`/* flowloom:one-try-less */ ${less}`, [key]);
}

/** The account's tries are forgotten, and the address has one less: this one was right. */
export async function forgetTry(asker: Asker, accountKey: string, addressKey: string): Promise<void> {
  await asker.change('/* flowloom:forget-tries */ DELETE FROM sign_in_attempt WHERE key = $1', [accountKey]);
  await takeTryBack(asker, addressKey);
}

/** Removes what is over: old tries, expired sessions, and ways to the identity provider that nobody came back from. */
export async function forgetStale(asker: Asker, before: Date): Promise<void> {
  await asker.change('/* flowloom:stale-tries */ DELETE FROM sign_in_attempt WHERE since < $1', [before]);
  await asker.change('/* flowloom:stale-sessions */ DELETE FROM user_session WHERE expires_at < $1', [
    before,
  ]);
  await asker.change('/* flowloom:stale-states */ DELETE FROM sign_in_state WHERE expires_at < $1', [before]);
}
