import type { z } from 'zod';
import type { InventoryApplied } from '#lib/contracts/inventory.ts';
import { applyInventory } from '#lib/server/apply-inventory.ts';
import type { Tell } from './audit-change.ts';
import type { applyQuerySchema } from './inventory-query.ts';
import { readManifestBody } from './manifest-body.ts';
import type { Problem } from './problem.ts';
import { serverUrls } from './server-reader.ts';

type Asked = {
  readonly query: z.infer<typeof applyQuerySchema>;
  readonly request: Request;
  readonly tell: Tell;
  readonly nowMs: number;
};

/** Applies the manifests of a body. */
export async function applyBody({
  query,
  request,
  tell,
  nowMs,
}: Asked): Promise<{ readonly document: InventoryApplied } | { readonly problem: Problem }> {
  const text = await readManifestBody(request);
  if (!text.ok) return { problem: text.error };
  const files = [{ file: 'request', text: text.value }];
  const { cluster, prune = 'none' } = query;
  await tell({ kind: 'inventory-applied', clusters: [cluster], details: { prune } });
  const document = await applyInventory(serverUrls(), { cluster, files, prune, nowMs });
  return document.appliedAt === null ? { problem: nothingRead(document) } : { document };
}

function nothingRead({ problems }: InventoryApplied): Problem {
  const [first] = problems;
  const detail =
    first === undefined
      ? 'The body holds no object that the inventory needs: docs/inventory.md lists the kinds it reads.'
      : `Document ${first.document}, line ${first.line}: ${first.message}.`;
  return { status: 400, code: 'nothing-read', title: 'Nothing could be applied', detail };
}
