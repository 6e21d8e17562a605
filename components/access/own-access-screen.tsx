'use client';

import { useOwnSight } from '#lib/client/access-queries.ts';
import { sightText } from './access-words.ts';
import { SettingsScreen } from './settings-screen.tsx';
import { SightDetails } from './sight-details.tsx';

/** Whoever looks: who they are here, what they see, and by which binding. */
export function OwnAccessScreen() {
  const sight = useOwnSight();
  return (
    <SettingsScreen title="Your access" what="your access" query={sight} aside={sightText}>
      {(document) => <SightDetails sight={document} you />}
    </SettingsScreen>
  );
}
