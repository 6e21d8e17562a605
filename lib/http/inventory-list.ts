import type { z } from 'zod';
import type { Access } from '#lib/access/access.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { InventoryList } from '#lib/contracts/inventory.ts';
import type { Reader } from '#lib/db/reader.ts';
import { parseInstant } from '#lib/kit/window.ts';
import { listInventory, readCursor } from '#lib/server/list-inventory.ts';
import type { inventoryQuerySchema } from './inventory-query.ts';
import type { Problem } from './problem.ts';

// Some hundred kilobytes with the objects' content; more are asked for.
const usualLimit = 100;

type Asked = {
  readonly query: z.infer<typeof inventoryQuerySchema>;
  readonly access: Pick<Access, 'policies'>;
  readonly scope: Scope;
  readonly reader: Reader;
  readonly nowMs: number;
};

/** A page of the inventory. */
export async function answerInventory({
  query,
  access: { policies },
  scope,
  reader,
  nowMs,
}: Asked): Promise<{ readonly document: InventoryList } | { readonly problem: Problem }> {
  const { cluster = null, kind = null, namespace = null, limit = usualLimit, at, cursor } = query;
  const instant = at === undefined ? null : parseInstant(at, nowMs);
  if (instant !== null && !instant.ok) return { problem: badParameter('at', instant.error) };
  const after = cursor === undefined ? null : readCursor(cursor);
  if (cursor !== undefined && after === null) {
    return { problem: badParameter('cursor', 'is none that an answer gave as nextCursor; leave it out') };
  }
  const atMs = instant === null ? null : instant.value;
  const which = { cluster, kind, namespace, atMs, after, limit, policies };
  return { document: await listInventory(reader, scope, which) };
}

function badParameter(field: string, what: string): Problem {
  return { status: 400, code: 'bad-parameter', title: 'Wrong query', detail: `${field}: ${what}`, field };
}
