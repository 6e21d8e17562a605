'use client';

import { useSharing } from '#lib/client/snapshot-queries.ts';
import { useSession } from '#lib/client/token-queries.ts';

/** Whose pages may show what one shares; none where one may let nobody, or nobody is listed. */
export function useEmbedOrigins(): readonly string[] {
  const rights = useSession().data?.rights ?? [];
  const mayPublish = rights.includes('share:public') && rights.includes('export');
  return useSharing({ isAsked: mayPublish }).data?.embedOrigins ?? [];
}
