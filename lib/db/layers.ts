import type { LabelSelector } from '#lib/inventory/model.ts';
import type { Asker } from './auth-store.ts';
import type { ViewSpace } from './saved-views.ts';

export type LayerRow = ViewSpace & {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string | null;
  readonly madeBy: string | null;
  readonly namespaces: readonly string[];
  readonly selector: LabelSelector | null;
  readonly changedAt: Date;
};

const found = `SELECT l.id, l.name, l.audience, l."of", l.owner_id AS "ownerId", u.email AS "madeBy", l.namespaces,
    l.selector, l.changed_at AS "changedAt"
  FROM layer l LEFT JOIN app_user u ON u.id = l.owner_id`;

/** The layers of some spaces, by audience and name. */
export async function listLayerRows(
  asker: Asker,
  { personId, teams }: { readonly personId: string; readonly teams: readonly string[] },
): Promise<readonly LayerRow[]> {
  return asker.ask<LayerRow>(
    `/* flowloom:layers */ ${found} WHERE l.audience = 'personal' AND l."of" = $1
       OR l.audience = 'team' AND l."of" = ANY($2::text[]) OR l.audience = 'everyone'
     ORDER BY array_position(ARRAY['personal', 'team', 'everyone'], l.audience), l."of" COLLATE "C", l.name COLLATE "C"`,
    [personId, [...teams]],
  );
}

export type NewLayerRow = Pick<LayerRow, 'id' | 'name' | 'audience' | 'of' | 'namespaces' | 'selector'> & {
  /** null: nobody's own, as what is imported. */
  readonly ownerId: string | null;
  readonly at: Date;
};

/** Keeps a layer, in the place of the one of this name in its space; false where its maker has `most` already. */
export async function putLayerRow(
  asker: Asker,
  { id, name, audience, of, ownerId, namespaces, selector, at }: NewLayerRow,
  most: number,
): Promise<boolean> {
  const kept = await asker.change(
    `/* flowloom:put-layer */ INSERT INTO layer (id, name, audience, "of", owner_id, namespaces, selector, changed_at)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE $9 > (SELECT count(*) FROM layer
       WHERE owner_id = $5 AND (audience, "of", name) <> ($3, $4, $2))
     ON CONFLICT (audience, "of", name) DO UPDATE
       SET namespaces = excluded.namespaces, selector = excluded.selector, owner_id = excluded.owner_id,
         changed_at = excluded.changed_at`,
    [id, name, audience, of, ownerId, [...namespaces], selector && JSON.stringify(selector), at, most],
  );
  return kept > 0;
}

/** Takes a layer away. */
export async function deleteLayerRow(asker: Asker, id: string): Promise<boolean> {
  return (await asker.change('/* flowloom:delete-layer */ DELETE FROM layer WHERE id = $1', [id])) > 0;
}

export type SharedLayer = Pick<LayerRow, 'name' | 'audience' | 'of' | 'namespaces' | 'selector'>;

/** Every layer that is not one person's, by audience and name. */
export async function sharedLayers(asker: Asker): Promise<readonly SharedLayer[]> {
  return asker.ask<SharedLayer>(
    `/* flowloom:shared-layers */ SELECT name, audience, "of", namespaces, selector FROM layer
     WHERE audience <> 'personal' ORDER BY audience, "of" COLLATE "C", name COLLATE "C"`,
  );
}
