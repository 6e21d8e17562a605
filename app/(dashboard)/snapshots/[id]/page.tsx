import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { CanvasSkeleton } from '#components/graph/graph-skeleton.tsx';
import { snapshotAddresses } from '#components/graph/snapshot/snapshot-addresses.ts';
import { SnapshotScreen } from '#components/graph/snapshot/snapshot-screen.tsx';
import { LeadsNowhere } from '#components/share/leads-nowhere.tsx';
import { signInAddress } from '#lib/contracts/next-path.ts';
import { parseScreenState } from '#lib/contracts/url-state.ts';
import { lookUp } from '#lib/http/links.ts';
import { askedPath, pageAccess } from '#lib/http/page-access.ts';
import { openSnapshot } from '#lib/server/snapshots.ts';
import { type Searched, searchedQuery } from '../../../searched-query.ts';
import { FetchEarly } from '../../fetch-early.tsx';

type Asked = {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Searched>;
};

/** A snapshot; its bare address leads to the state that it was made with. */
export default async function SnapshotPage({ params, searchParams }: Asked) {
  const admitted = await pageAccess();
  if (admitted === null) redirect(signInAddress(await askedPath()));
  const { id } = await params;
  if (Object.keys(await searchParams).length === 0) {
    const opened = await lookUp(id, admitted, openSnapshot);
    if (opened.ok) redirect(`/snapshots/${id}${opened.value.query}`);
    const { title, detail } = opened.error;
    return <LeadsNowhere title={title} detail={detail} />;
  }
  const state = parseScreenState(searchedQuery(await searchParams));
  return (
    <>
      <FetchEarly addresses={snapshotAddresses(id, state)} />
      <Suspense fallback={<CanvasSkeleton />}>
        <SnapshotScreen id={id} />
      </Suspense>
    </>
  );
}
