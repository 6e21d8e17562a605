import { answerDetail } from '#lib/http/detail.ts';
import { detailQuerySchema } from '#lib/http/graph-query.ts';
import { readRoute } from '#lib/http/route.ts';
import { readEdge } from '#lib/server/read-edge.ts';

export const GET = readRoute({ query: detailQuerySchema, answer: answerDetail(readEdge) });
