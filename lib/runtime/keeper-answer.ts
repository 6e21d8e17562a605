import { z } from 'zod';

/** What a keeper answers to a member, as one line of JSON. */
export const keeperAnswerSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('ready'), url: z.string() }),
  z.object({ status: z.literal('refused'), message: z.string() }),
]);

export type KeeperAnswer = z.infer<typeof keeperAnswerSchema>;

/** Said by a member that wants to see Postgres gone, if it was the last one. */
export const farewell = 'farewell';
