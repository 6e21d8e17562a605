'use client';

import { AppWindow } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { useCreateLink } from '#lib/client/link-queries.ts';
import type { LinkPage } from '#lib/contracts/link-state.ts';
import { type LinkLife, linkLives } from '#lib/contracts/links.ts';
import { AddressField } from './address-field.tsx';
import { NewEmbedForm } from './new-embed-form.tsx';
import { MakeButton, TextAndLife } from './share-form.tsx';
import { useEmbedOrigins } from './use-embed-origins.ts';

/** Makes a short link, and shows it. */
export function NewLinkForm({ page, query }: { readonly page: LinkPage; readonly query: string }) {
  const [name, setName] = useState('');
  const [expires, setExpires] = useState<LinkLife>('90d');
  const create = useCreateLink();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!create.isPending) create.mutate({ name, page, query, expires });
  };
  if (create.data?.id) {
    return (
      <div className="flex flex-col gap-3 border-t border-hairline px-4 py-3.5">
        <h3 className="font-semibold">A short link</h3>
        <AddressField label="Short link" address={`${window.location.origin}/s/${create.data.id}`} />
        {page === 'graph' && <EmbedOffer linkKey={create.data.key} />}
      </div>
    );
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 border-t border-hairline px-4 py-3.5">
      <h3 className="font-semibold">A short link</h3>
      <TextAndLife
        text={{ label: 'Name', placeholder: 'checkout incident', value: name }}
        onText={setName}
        life={expires}
        lives={linkLives}
        onLife={setExpires}
      />
      <MakeButton error={create.error} problem="The link could not be made" isBusy={create.isPending}>
        Make a short link
      </MakeButton>
    </form>
  );
}

/** The next step for whoever may let other sites show it. */
function EmbedOffer({ linkKey }: { readonly linkKey: string }) {
  const [isOpen, setOpen] = useState(false);
  const origins = useEmbedOrigins();
  if (origins.length === 0) return null;
  if (isOpen) return <NewEmbedForm linkKey={linkKey} origins={origins} />;
  return (
    <Button className="self-start" onClick={() => setOpen(true)}>
      <AppWindow aria-hidden className="text-muted" /> Embed it in a page
    </Button>
  );
}
