import { type Sharing, type SharingChange, storedSharingSchema } from '#lib/contracts/sharing.ts';
import type { Asker } from '#lib/db/auth-store.ts';
import { readSharingSetting, writeSharingSetting } from '#lib/db/sharing-settings.ts';

/** What an admin lets out; what nobody understands is closed. */
export async function readSharing(asker: Asker): Promise<Sharing> {
  return storedSharingSchema.parse(await readSharingSetting(asker));
}

/** From the next request on, this is let out; what is not named stays as it is. */
export async function changeSharing(asker: Asker, change: SharingChange): Promise<Sharing> {
  return storedSharingSchema.parse(await writeSharingSetting(asker, change));
}
