import { answerPolicyChanges } from '#lib/http/policies.ts';
import { policyChangesQuerySchema } from '#lib/http/policies-query.ts';
import { readRoute } from '#lib/http/route.ts';

export const GET = readRoute({ query: policyChangesQuerySchema, answer: answerPolicyChanges });
