'use client';

import { type FormEvent, useState } from 'react';
import { useCreateEmbed } from '#lib/client/embed-queries.ts';
import { type EmbedLife, embedLives } from '#lib/contracts/embeds.ts';
import { AddressField } from './address-field.tsx';
import { embedSnippet } from './embed-snippet.ts';
import { MakeButton, TextAndLife } from './share-form.tsx';

/** Lets the pages of listed sites show a link, and gives what is pasted there. */
export function NewEmbedForm({
  linkKey,
  origins,
}: {
  readonly linkKey: string;
  readonly origins: readonly string[];
}) {
  const [audience, setAudience] = useState('');
  const [expires, setExpires] = useState<EmbedLife>('30d');
  const create = useCreateEmbed();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!create.isPending) create.mutate({ link: linkKey, audience, expires });
  };
  if (create.data?.id) {
    const { id, name } = create.data;
    return (
      <div className="flex flex-col gap-2">
        <AddressField label="Embed" address={embedSnippet(window.location.origin, { id, name })} />
        <p className="text-xs text-muted">
          Paste it into the source of a page of <Sites origins={origins} />.
        </p>
      </div>
    );
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <p className="text-xs text-muted">
        A live picture in a page of <Sites origins={origins} />. Whoever sees the page sees it, with the name
        of the link, and needs no account.
      </p>
      <TextAndLife
        text={{ label: 'For whom', placeholder: 'readers of the wiki', required: true, value: audience }}
        onText={setAudience}
        life={expires}
        lives={embedLives}
        onLife={setExpires}
      />
      <MakeButton error={create.error} problem="The embed could not be made" isBusy={create.isPending}>
        Make an embed
      </MakeButton>
    </form>
  );
}

/** The sites in a line, shortened where there are many. */
function Sites({ origins }: { readonly origins: readonly string[] }) {
  const [shown, more] = [origins.slice(0, 2), origins.length - 2];
  return (
    <span className="font-medium break-words text-text">
      {shown.map((origin) => origin.replace(/^https:\/\//, '')).join(', ')}
      {more > 0 && ` and ${more} more`}
    </span>
  );
}
