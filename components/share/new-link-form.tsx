'use client';

import { AppWindow } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useCreateLink } from '#lib/client/link-queries.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import type { LinkPage } from '#lib/contracts/link-state.ts';
import { type LinkLife, linkLives } from '#lib/contracts/links.ts';
import { AddressField } from './address-field.tsx';
import { NewEmbedForm } from './new-embed-form.tsx';
import { useEmbedOrigins } from './use-embed-origins.ts';

const lifeNames: Readonly<Record<LinkLife, string>> = {
  '7d': 'A week',
  '30d': '30 days',
  '90d': '90 days',
  revoked: 'Until it is revoked',
};

/** Makes a short link, and shows it. */
export function NewLinkForm({ page, query }: { readonly page: LinkPage; readonly query: string }) {
  const [name, setName] = useState('');
  const [expires, setExpires] = useState<LinkLife>('90d');
  const create = useCreateLink();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!create.isPending) create.mutate({ name, page, query, expires });
  };
  const problem = create.error && problemWords(create.error, 'The link could not be made');
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
      <div className="grid grid-cols-[1fr_130px] gap-2">
        <TextField
          label="Name"
          placeholder="checkout incident"
          maxLength={200}
          autoComplete="off"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <SelectField
          label="Good for"
          value={expires}
          choices={linkLives.map((value) => ({ value, name: lifeNames[value] }))}
          onChange={(value) => setExpires(linkLives.find((life) => life === value) ?? '90d')}
        />
      </div>
      {problem && (
        <p role="alert" className="text-xs text-denied">
          {problem.title}. {problem.detail}
        </p>
      )}
      <Button type="submit" look="primary" disabled={create.isPending} className="self-start">
        {create.isPending ? 'Making …' : 'Make a short link'}
      </Button>
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
