import { openapi } from '#lib/contracts/openapi.ts';
import { guarded } from '#lib/http/route.ts';

/** The description of everything under /api/v1. */
export const GET = guarded(async () => Response.json(openapi()));
