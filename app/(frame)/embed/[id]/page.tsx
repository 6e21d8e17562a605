import { AppWindow } from 'lucide-react';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { EmbedScreen } from '#components/graph/embed/embed-screen.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { QueryProvider } from '#lib/client/query-provider.tsx';

export const metadata: Metadata = { title: 'Graph · Flowloom', robots: { index: false, follow: false } };

type Asked = { readonly params: Promise<{ readonly id: string }> };

/** The picture of a share link inside of another site's page. Everything on it comes from the API, in the browser. */
export default async function EmbedPage({ params }: Asked) {
  const { id } = await params;
  return (
    // Named, since the page around it has a main part of its own.
    <main aria-label="Flowloom" className="h-dvh min-w-0">
      {(await isFramed()) ? <Framed id={id} /> : <NoFrame />}
    </main>
  );
}

/** Browsers say what they want a page for, but for plain HTTP from another machine. */
async function isFramed(): Promise<boolean> {
  return (await headers()).get('sec-fetch-dest') !== 'document';
}

function Framed({ id }: { readonly id: string }) {
  return (
    <QueryProvider>
      <EmbedScreen id={id} />
    </QueryProvider>
  );
}

function NoFrame() {
  return (
    <Notice icon={<AppWindow />} title="This is a picture for the page of another site">
      It is shown inside of pages that whoever administers Flowloom listed. Open the page that you have it
      from.
    </Notice>
  );
}
