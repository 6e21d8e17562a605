import { redirect } from 'next/navigation';
import { type ReactNode, Suspense } from 'react';
import { NoAccess } from '#components/access/no-access.tsx';
import { UserMenu } from '#components/access/user-menu.tsx';
import { ViewAsBanner } from '#components/access/view-as-banner.tsx';
import { Rail } from '#components/graph/rail.tsx';
import { SharedNote } from '#components/share/shared-note.tsx';
import { UploadProvider } from '#components/sources/drop/upload-provider.tsx';
import { QueryProvider } from '#lib/client/query-provider.tsx';
import { signInAddress } from '#lib/contracts/next-path.ts';
import { askedPath, hasAnything, pageAccess, whomToAsk } from '#lib/http/page-access.ts';

/** The frame around every screen, for whoever is signed in: the rail at the left, the screen beside it. */
export default async function DashboardLayout({ children }: { readonly children: ReactNode }) {
  const admitted = await pageAccess();
  if (admitted === null) redirect(signInAddress(await askedPath()));
  const { email, groups, viewsAs } = admitted.person;
  const banner = viewsAs !== undefined && <ViewAsBanner email={viewsAs.email} />;
  if (!hasAnything(admitted.access)) {
    const shown = viewsAs ?? { email, groups };
    return (
      <div className="flex h-dvh flex-col">
        {banner}
        <NoAccess email={shown.email} groups={shown.groups} admins={await whomToAsk()} />
      </div>
    );
  }
  return (
    <QueryProvider>
      <Suspense>
        <UploadProvider>
          <div className="flex h-dvh flex-col print:block print:h-auto">
            {banner}
            <div className="flex min-h-0 flex-1 print:block">
              <Rail>
                <UserMenu email={email} groups={groups} />
              </Rail>
              <main className="flex min-w-0 flex-1 flex-col print:block">
                <SharedNote />
                {children}
              </main>
            </div>
          </div>
        </UploadProvider>
      </Suspense>
    </QueryProvider>
  );
}
