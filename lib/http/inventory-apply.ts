import type { z } from 'zod';
import type { Access } from '#lib/access/access.ts';
import type { InventoryApplied } from '#lib/contracts/inventory.ts';
import { applyInventory } from '#lib/server/apply-inventory.ts';
import type { applyQuerySchema } from './inventory-query.ts';
import { readManifestBody } from './manifest-body.ts';
import type { Problem } from './problem.ts';
import { serverUrls } from './server-reader.ts';

type Asked = {
  readonly query: z.infer<typeof applyQuerySchema>;
  readonly access: Access;
  readonly request: Request;
  readonly nowMs: number;
};

/** Applies the manifests of a body; refused before a byte of it is read where the right is missing. */
export async function applyBody({
  query,
  access,
  request,
  nowMs,
}: Asked): Promise<{ readonly document: InventoryApplied } | { readonly problem: Problem }> {
  if (!access.rights.has('inventory')) return { problem: forbidden };
  const text = await readManifestBody(request);
  if (!text.ok) return { problem: text.error };
  const files = [{ file: 'request', text: text.value }];
  const { cluster, prune = 'none' } = query;
  const document = await applyInventory(serverUrls(), { cluster, files, prune, nowMs });
  return document.appliedAt === null ? { problem: nothingRead(document) } : { document };
}

const forbidden: Problem = {
  status: 403,
  code: 'missing-right',
  title: 'You may not change the inventory',
  detail: 'The right "inventory" is needed, which the roles admin and operator have: ask an admin for one.',
};

function nothingRead({ problems }: InventoryApplied): Problem {
  const [first] = problems;
  const detail =
    first === undefined
      ? 'The body holds no object that the inventory needs: docs/inventory.md lists the kinds it reads.'
      : `Document ${first.document}, line ${first.line}: ${first.message}.`;
  return { status: 400, code: 'nothing-read', title: 'Nothing could be applied', detail };
}
