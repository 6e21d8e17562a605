import { applyBody } from '#lib/http/inventory-apply.ts';
import { answerInventory } from '#lib/http/inventory-list.ts';
import { applyQuerySchema, inventoryQuerySchema } from '#lib/http/inventory-query.ts';
import { changeRoute, readRoute } from '#lib/http/route.ts';

export const GET = readRoute({ query: inventoryQuerySchema, answer: answerInventory });

/** Applies manifests, YAML or JSON. */
export const POST = changeRoute({ right: 'inventory', query: applyQuerySchema, answer: applyBody });
