import type { Metadata } from 'next';
import { Suspense } from 'react';
import { PublicSnapshotScreen } from '#components/graph/snapshot/public-snapshot-screen.tsx';
import { serverAuth } from '#lib/auth/server-auth.ts';
import { QueryProvider } from '#lib/client/query-provider.tsx';
import { sharePreview } from '#lib/contracts/share-preview.ts';

/** What a preview shows is the same for every address, good or bad. */
export function generateMetadata(): Metadata {
  return {
    title: 'Snapshot · Flowloom',
    ...sharePreview(serverAuth().address),
    robots: { index: false, follow: false },
  };
}

type Asked = { readonly params: Promise<{ readonly id: string }> };

/** A public snapshot. Everything on it comes from the API, in the browser. */
export default async function PublicSnapshotPage({ params }: Asked) {
  const { id } = await params;
  return (
    <QueryProvider>
      <main className="flex h-dvh min-w-0 flex-col">
        <Suspense>
          <PublicSnapshotScreen id={id} />
        </Suspense>
      </main>
    </QueryProvider>
  );
}
