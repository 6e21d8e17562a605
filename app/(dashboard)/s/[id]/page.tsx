import { redirect } from 'next/navigation';
import { LeadsNowhere } from '#components/share/leads-nowhere.tsx';
import { linkTarget } from '#lib/contracts/link-state.ts';
import { signInAddress } from '#lib/contracts/next-path.ts';
import { openedLink } from '#lib/http/links.ts';
import { askedPath, pageAccess } from '#lib/http/page-access.ts';

type Asked = { readonly params: Promise<{ readonly id: string }> };

/** Leads to what a link shows, as its reader may see it. What leads nowhere looks the same, whatever it was. */
export default async function SharePage({ params }: Asked) {
  const admitted = await pageAccess();
  if (admitted === null) redirect(signInAddress(await askedPath()));
  const { id } = await params;
  const opened = await openedLink(id, admitted);
  if (opened.ok) redirect(linkTarget(opened.value, id));
  const { title, detail } = opened.error;
  return <LeadsNowhere title={title} detail={detail} />;
}
