import { answerPolicies } from '#lib/http/policies.ts';
import { policiesQuerySchema } from '#lib/http/policies-query.ts';
import { readRoute } from '#lib/http/route.ts';

export const GET = readRoute({ query: policiesQuerySchema, answer: answerPolicies });
