import { pushRoute } from '#lib/http/ingest-route.ts';
import { pushFlows } from '#lib/server/push-flows.ts';

export const POST = pushRoute(pushFlows);
