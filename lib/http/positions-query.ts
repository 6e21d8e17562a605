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

/** The same, with the share link that one came by, or the saved view that it began with. */
export const sharedPositionsQuery = z
  .strictObject({
    cluster: once(z.string().min(1).max(253)),
    layout: once(keptLayoutSchema).optional(),
    link: once(z.string().max(64)).optional(),
    view: once(z.string().max(64)).optional(),
  })
  .transform(({ cluster, layout = 'layered', link, view }) => ({ cluster, layout, link, view }));
