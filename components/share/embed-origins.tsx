'use client';

import { Plus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button, IconButton } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { problemWords } from '#lib/client/problem-words.ts';
import { useChangeSharing } from '#lib/client/snapshot-queries.ts';
import { parseEmbedOrigin } from '#lib/contracts/embed-origin.ts';

/** Whose pages may show embeds: an admin adds and removes one at a time. */
export function EmbedOrigins({ origins }: { readonly origins: readonly string[] }) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const change = useChangeSharing();
  const add = (event: FormEvent) => {
    event.preventDefault();
    const parsed = parseEmbedOrigin(text);
    if (!parsed.ok) return setProblem(sentence(parsed.error));
    if (origins.includes(parsed.value)) return setProblem(`${parsed.value} is on the list.`);
    change.mutate({ embedOrigins: [...origins, parsed.value] }, { onSuccess: () => setText('') });
  };
  const refused = change.error && problemWords(change.error, 'The list could not be changed');
  return (
    <section
      aria-labelledby="embedding"
      className="flex flex-col gap-3 rounded-[10px] border border-line bg-surface px-4 py-3.5"
    >
      <div>
        <h2 id="embedding" className="font-semibold">
          Embedding
        </h2>
        <p className="mt-0.5 text-muted">
          Pages of these sites, a wiki or a dashboard, may show share links as live pictures to everybody who
          sees the page, without signing in: without addresses, labels and policies. Whoever may export and
          share publicly makes them. Without a site on the list, none opens.
        </p>
      </div>
      {origins.length > 0 && (
        <ul aria-label="Sites that may show embeds" className="flex flex-col gap-1">
          {origins.map((origin) => (
            <li
              key={origin}
              className="flex items-center justify-between gap-2 rounded-[7px] border border-hairline bg-ground py-0.5 pr-0.5 pl-2.5"
            >
              <code className="min-w-0 font-mono text-xs break-all">{origin}</code>
              <IconButton
                label={`Remove ${origin}`}
                className="h-7"
                disabled={change.isPending}
                onClick={() => change.mutate({ embedOrigins: origins.filter((each) => each !== origin) })}
              >
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={add} className="flex items-start gap-2" noValidate>
        <TextField
          label="Site"
          className="flex-1"
          placeholder="https://wiki.example.com"
          hint="Scheme and name, with a port where it has one; https://*.example.com is every name below."
          problem={problem}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setProblem(undefined);
          }}
        />
        <Button type="submit" className="mt-[22px] h-9" disabled={change.isPending || text.trim() === ''}>
          <Plus aria-hidden className="text-muted" /> Add
        </Button>
      </form>
      {refused && (
        <p role="alert" className="text-xs text-denied">
          {refused.title}. {refused.detail}
        </p>
      )}
    </section>
  );
}

/** What is wrong begins in the middle of a sentence, behind the name of a field. */
function sentence(problem: string): string {
  const isWord = /^(is|has|names) /.test(problem);
  return `${isWord ? 'It ' : ''}${problem}.`;
}
