import { z } from 'zod';

/** `/api/v1/sharing`: what an admin lets out of the installation. */
export const sharingSchema = z.strictObject({
  /** Whether snapshots may be opened without signing in. */
  publicSnapshots: z.boolean(),
});

export type Sharing = z.infer<typeof sharingSchema>;

/** Nothing is open where nobody decided. */
export const closedSharing: Sharing = { publicSnapshots: false };
