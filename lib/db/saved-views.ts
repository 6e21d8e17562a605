import type { Asker } from './auth-store.ts';
import type { KeptPlaces } from './positions.ts';

/** Whose a view is: the id of a person, the name of a team, or '' for everyone. */
export type ViewSpace = { readonly audience: 'personal' | 'team' | 'everyone'; readonly of: string };

export type SavedViewRow = ViewSpace & {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string | null;
  readonly madeBy: string | null;
  readonly isDefault: boolean;
  readonly changedAt: Date;
};

export type SavedViewState = {
  readonly state: unknown;
  readonly places: KeptPlaces | null;
  readonly scope: string;
};

const columns = `v.id, v.name, v.audience, v."of", v.owner_id AS "ownerId", u.email AS "madeBy",
  v.is_default AS "isDefault", v.changed_at AS "changedAt"`;

const from = 'saved_view v LEFT JOIN app_user u ON u.id = v.owner_id';

/** The views of some spaces, by audience and name. */
export async function listSavedViews(
  asker: Asker,
  { personId, teams }: { readonly personId: string; readonly teams: readonly string[] },
): Promise<readonly SavedViewRow[]> {
  return asker.ask<SavedViewRow>(
    `/* flowloom:saved-views */ SELECT ${columns} FROM ${from}
     WHERE v.audience = 'personal' AND v."of" = $1 OR v.audience = 'team' AND v."of" = ANY($2::text[])
       OR v.audience = 'everyone'
     ORDER BY array_position(ARRAY['personal', 'team', 'everyone'], v.audience), v."of" COLLATE "C", v.name COLLATE "C"`,
    [personId, [...teams]],
  );
}

/** One of any space; whether whoever asks is in it is for the caller to say. */
export async function findSavedView(
  asker: Asker,
  id: string,
): Promise<(SavedViewRow & SavedViewState) | null> {
  const rows = await asker.ask<SavedViewRow & SavedViewState>(
    `/* flowloom:saved-view */ SELECT ${columns}, v.state, v.places, v.scope FROM ${from} WHERE v.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

export type NewSavedView = ViewSpace &
  SavedViewState & {
    readonly id: string;
    readonly name: string;
    readonly ownerId: string;
    readonly at: Date;
  };

/** Keeps a view, while its maker has fewer than `most`; `taken`: there is one of this name in its space. */
export async function insertSavedView(
  asker: Asker,
  { id, name, audience, of, ownerId, state, places, scope, at }: NewSavedView,
  most: number,
): Promise<'kept' | 'taken' | 'too-many'> {
  const kept = await asker.ask<{ kept: number; taken: number }>(
    `/* flowloom:insert-saved-view */ WITH kept AS (
       INSERT INTO saved_view (id, name, audience, "of", owner_id, state, places, scope, created_at, changed_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $9
       WHERE $10 > (SELECT count(*) FROM saved_view WHERE owner_id = $5)
       ON CONFLICT (audience, "of", name) DO NOTHING RETURNING 1)
     SELECT (SELECT count(*)::int FROM kept) AS kept, (SELECT count(*)::int FROM saved_view
       WHERE audience = $3 AND "of" = $4 AND name = $2) AS taken`,
    [
      id,
      name,
      audience,
      of,
      ownerId,
      JSON.stringify(state),
      places && JSON.stringify(places),
      scope,
      at,
      most,
    ],
  );
  const [answer] = kept;
  if (answer === undefined || answer.kept > 0) return 'kept';
  return answer.taken > 0 ? 'taken' : 'too-many';
}

/** Gives a view another name; false where there is another one of this name in its space. */
export async function renameSavedView(asker: Asker, id: string, name: string, at: Date): Promise<boolean> {
  const changed = await asker.change(
    `/* flowloom:rename-saved-view */ UPDATE saved_view v SET name = $2, changed_at = $3
     WHERE v.id = $1 AND NOT EXISTS (SELECT 1 FROM saved_view o
       WHERE o.audience = v.audience AND o."of" = v."of" AND o.name = $2 AND o.id <> v.id)`,
    [id, name, at],
  );
  return changed > 0;
}

/** Puts another state into a view, which is then of whoever wrote that: its maker is told all that it names. */
export async function replaceSavedState(
  asker: Asker,
  id: string,
  { state, places, scope, ownerId, at }: SavedViewState & Pick<NewSavedView, 'ownerId' | 'at'>,
): Promise<void> {
  await asker.change(
    `/* flowloom:replace-saved-state */ UPDATE saved_view
     SET state = $2, places = $3, scope = $4, owner_id = $5, changed_at = $6 WHERE id = $1`,
    [id, JSON.stringify(state), places && JSON.stringify(places), scope, ownerId, at],
  );
}

/** Makes a view what its team begins with, or no longer: one at most is. */
export async function chooseDefaultView(asker: Asker, id: string, isDefault: boolean): Promise<void> {
  // In two steps: an index that allows one true at a time would see two of them within one.
  await asker.change(
    `/* flowloom:clear-default-view */ UPDATE saved_view SET is_default = FALSE
     WHERE is_default AND "of" = (SELECT "of" FROM saved_view WHERE id = $1 AND audience = 'team')`,
    [id],
  );
  if (!isDefault) return;
  await asker.change(
    `/* flowloom:set-default-view */ UPDATE saved_view SET is_default = TRUE WHERE id = $1 AND audience = 'team'`,
    [id],
  );
}

/** Takes a view away. */
export async function deleteSavedView(asker: Asker, id: string): Promise<boolean> {
  const gone = await asker.change('/* flowloom:delete-saved-view */ DELETE FROM saved_view WHERE id = $1', [
    id,
  ]);
  return gone > 0;
}

export type SharedView = ViewSpace &
  Pick<SavedViewRow, 'name' | 'isDefault'> &
  Pick<SavedViewState, 'state' | 'places'>;

/** Every view that is not one person's, by audience and name. */
export async function sharedViews(asker: Asker): Promise<readonly SharedView[]> {
  return asker.ask<SharedView>(
    `/* flowloom:shared-views */ SELECT name, audience, "of", is_default AS "isDefault", state, places FROM saved_view
     WHERE audience <> 'personal' ORDER BY audience, "of" COLLATE "C", name COLLATE "C"`,
  );
}

/** Keeps a view that is nobody's own, in the place of the one of its name; it is no default until it is chosen. */
export async function putSharedView(
  asker: Asker,
  { id, name, audience, of, state, places, scope, at }: Omit<NewSavedView, 'ownerId'>,
): Promise<string> {
  const rows = await asker.ask<{ id: string }>(
    `/* flowloom:put-shared-view */ INSERT INTO saved_view (id, name, audience, "of", state, places, scope, created_at, changed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
     ON CONFLICT (audience, "of", name) DO UPDATE SET state = excluded.state, places = excluded.places,
       scope = excluded.scope, owner_id = NULL, is_default = FALSE, changed_at = excluded.changed_at
     RETURNING id`,
    [id, name, audience, of, JSON.stringify(state), places && JSON.stringify(places), scope, at],
  );
  return rows[0]?.id ?? id;
}
