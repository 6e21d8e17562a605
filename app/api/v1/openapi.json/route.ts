import { openapi } from '#lib/contracts/openapi.ts';
import { publicRoute } from '#lib/http/route.ts';

/** The description of everything under /api/v1. */
export const GET = publicRoute(async () => Response.json(openapi()));
