import { answerPolicy } from '#lib/http/policies.ts';
import { policyQuerySchema } from '#lib/http/policies-query.ts';
import { readRoute } from '#lib/http/route.ts';

export const GET = readRoute({ query: policyQuerySchema, answer: answerPolicy });
