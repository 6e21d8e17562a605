import { z } from 'zod';
import { keptLayoutSchema } from '#lib/contracts/positions.ts';
import { once } from './query.ts';

/** Which picture is meant. */
export const positionsQuery = z
  .strictObject({
    cluster: once(z.string().min(1).max(253)),
    layout: once(keptLayoutSchema).optional(),
  })
  .transform(({ cluster, layout = 'layered' }) => ({ cluster, layout }));
