'use client';

import { GoodUntil, LastUsed, minute, NameOrNone, RevokeButton } from '#components/access/revocable.tsx';
import { SettingsRow, SettingsTable } from '#components/access/settings-table.tsx';
import { useEmbeds, useRevokeEmbed } from '#lib/client/embed-queries.ts';
import type { Embed } from '#lib/contracts/embeds.ts';
import { CopyButton } from './copy-button.tsx';
import { embedSnippet } from './embed-snippet.ts';

const columns = [
  { name: 'Link', width: '22%' },
  { name: 'For', width: '18%' },
  { name: 'Made (UTC)', width: '14%' },
  { name: 'Last opened (UTC)', width: '14%' },
  { name: 'Good until (UTC)', width: '14%' },
  { name: 'Copy or revoke', width: '18%', isHidden: true },
] as const;

/** The embeds of one's own links, below them; nothing where there are none. */
export function EmbedsPart() {
  const { data } = useEmbeds();
  if (data === undefined || data.embeds.length === 0) return null;
  return (
    <section aria-labelledby="embeds" className="mt-6 flex flex-col gap-2.5">
      <h2 id="embeds" className="font-semibold">
        Embeds
      </h2>
      <SettingsTable caption="Embeds of your share links, newest first" columns={columns}>
        {data.embeds.map((embed) => (
          <EmbedRow key={embed.key} embed={embed} />
        ))}
      </SettingsTable>
    </section>
  );
}

function EmbedRow({ embed }: { readonly embed: Embed }) {
  const { id, name, audience, createdAt, lastUsedAt, expiresAt, state } = embed;
  const snippet = id && embedSnippet(globalThis.location?.origin ?? '', { id, name });
  return (
    <SettingsRow
      name={<NameOrNone name={name} />}
      cells={[
        { key: 'for', shown: audience },
        { key: 'made', shown: <span className="tabular">{minute(createdAt)}</span> },
        { key: 'used', shown: <LastUsed at={lastUsedAt} /> },
        { key: 'until', shown: <GoodUntil state={state} expiresAt={expiresAt} /> },
        {
          key: 'do',
          shown: state === 'active' && (
            <div className="flex justify-end gap-1.5">
              {snippet && <CopyButton text={snippet} what={`embed ${name}`.trim()} className="h-7" />}
              <RevokeEmbed embed={embed} />
            </div>
          ),
        },
      ]}
    />
  );
}

function RevokeEmbed({ embed: { key, name } }: { readonly embed: Embed }) {
  const { mutate, isPending, error } = useRevokeEmbed(key);
  return (
    <RevokeButton
      name={name === '' ? 'this embed' : `the embed of ${name}`}
      isBusy={isPending}
      error={error}
      onRevoke={() => mutate()}
    >
      Pages that show it say from then on that it leads nowhere. It cannot be taken back.
    </RevokeButton>
  );
}
