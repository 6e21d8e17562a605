import type { FarEnd } from '#lib/access/scope.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';

/** From the next request on, this is what viewers learn of namespaces that are not theirs. */
export async function changeFarEnd(urls: Pick<DatabaseUrls, 'owner'>, told: FarEnd): Promise<void> {
  await asOwner(urls.owner, (session) =>
    session.change(
      `/* flowloom:far-end */ INSERT INTO setting (key, value) VALUES ('farEnd', to_jsonb($1::text))
       ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value`,
      [told],
    ),
  );
}
