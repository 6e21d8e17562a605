import { closedSharing, type Sharing, sharingSchema } from '#lib/contracts/sharing.ts';
import type { Asker } from '#lib/db/auth-store.ts';
import { readSharingSetting, writeSharingSetting } from '#lib/db/sharing-settings.ts';

/** What an admin lets out; what nobody understands is closed. */
export async function readSharing(asker: Asker): Promise<Sharing> {
  return sharingSchema.safeParse(await readSharingSetting(asker)).data ?? closedSharing;
}

/** From the next request on, this is let out. */
export async function changeSharing(asker: Asker, sharing: Sharing): Promise<void> {
  await writeSharingSetting(asker, sharing);
}
