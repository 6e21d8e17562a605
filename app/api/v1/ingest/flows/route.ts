import { ingestHandler } from '#lib/http/ingest-route.ts';
import { guarded } from '#lib/http/route.ts';
import { pushFlows } from '#lib/server/push-flows.ts';

export const POST = guarded(ingestHandler(pushFlows));
