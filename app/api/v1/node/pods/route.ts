import { answerDetail } from '#lib/http/detail.ts';
import { detailQuerySchema } from '#lib/http/graph-query.ts';
import { readRoute } from '#lib/http/route.ts';
import { readNodePods } from '#lib/server/read-node-pods.ts';

export const GET = readRoute({ query: detailQuerySchema, answer: answerDetail(readNodePods) });
