import { z } from 'zod';
import { explainRequestSchema } from '#lib/contracts/policies.ts';
import { answerExplain } from '#lib/http/policy-explain.ts';
import { writeRoute } from '#lib/http/write-route.ts';

/** A question and no change: it takes a body because its ends may be long. */
export const POST = writeRoute({
  right: 'read',
  isQuestion: true,
  query: z.strictObject({}),
  body: explainRequestSchema,
  answer: answerExplain,
});
