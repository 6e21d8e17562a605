import { type ReactNode, Suspense } from 'react';
import { Rail } from '#components/graph/rail.tsx';
import { UploadProvider } from '#components/sources/drop/upload-provider.tsx';
import { QueryProvider } from '#lib/client/query-provider.tsx';

/** The frame around every screen: the rail at the left, the screen beside it. */
export default function DashboardLayout({ children }: { readonly children: ReactNode }) {
  return (
    <QueryProvider>
      <Suspense>
        <UploadProvider>
          <div className="flex h-dvh">
            <Rail />
            <main className="flex min-w-0 flex-1 flex-col">{children}</main>
          </div>
        </UploadProvider>
      </Suspense>
    </QueryProvider>
  );
}
