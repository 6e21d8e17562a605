import { z } from 'zod';
import { keptLayoutSchema } from '#lib/contracts/positions.ts';
import { once } from './query.ts';

/** Which picture is meant. */
export const positionsQuery = z.strictObject({
  cluster: once(z.string().min(1).max(253)),
  layout: once(keptLayoutSchema).default('layered'),
});

const opened = once(z.string().max(64)).optional();

/** The same, with the share link that one came by, or the saved view that it began with. */
export const sharedPositionsQuery = positionsQuery.extend({ link: opened, view: opened });
