'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useCreateEmbed } from '#lib/client/embed-queries.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import { type EmbedLife, embedLives } from '#lib/contracts/embeds.ts';
import { AddressField } from './address-field.tsx';
import { embedSnippet } from './embed-snippet.ts';

const lifeNames: Readonly<Record<EmbedLife, string>> = { '7d': 'A week', '30d': '30 days', '90d': '90 days' };

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
  const problem = create.error && problemWords(create.error, 'The embed could not be made');
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
      <div className="grid grid-cols-[1fr_130px] gap-2">
        <TextField
          label="For whom"
          placeholder="readers of the wiki"
          required
          maxLength={200}
          autoComplete="off"
          value={audience}
          onChange={({ target }) => setAudience(target.value)}
        />
        <SelectField
          label="Good for"
          value={expires}
          choices={embedLives.map((value) => ({ value, name: lifeNames[value] }))}
          onChange={(value) => setExpires(embedLives.find((life) => life === value) ?? '30d')}
        />
      </div>
      {problem && (
        <p role="alert" className="text-xs text-denied">
          {problem.title}. {problem.detail}
        </p>
      )}
      <Button type="submit" look="primary" disabled={create.isPending} className="self-start">
        {create.isPending ? 'Making …' : 'Make an embed'}
      </Button>
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
