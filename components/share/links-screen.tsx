'use client';

import { Share2 } from 'lucide-react';
import { GoodUntil, LastUsed, minute, NameOrNone, RevokeButton } from '#components/access/revocable.tsx';
import { SettingsScreen } from '#components/access/settings-screen.tsx';
import { SettingsRow, SettingsTable } from '#components/access/settings-table.tsx';
import { LinkButton } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useLinks, useRevokeLink } from '#lib/client/link-queries.ts';
import type { ShareLink } from '#lib/contracts/links.ts';
import { plural } from '#lib/kit/format-number.ts';
import { CopyAddress } from './copy-button.tsx';
import { EmbedDialog } from './embed-dialog.tsx';
import { EmbedsPart } from './embeds-part.tsx';
import { useEmbedOrigins } from './use-embed-origins.ts';

const columns = [
  { name: 'Name', width: '20%' },
  { name: 'Of', width: '7%' },
  { name: 'Made (UTC)', width: '15%' },
  { name: 'Last used (UTC)', width: '15%' },
  { name: 'Good until (UTC)', width: '15%' },
  { name: 'Copy, embed or revoke', width: '28%', isHidden: true },
] as const;

/** One's own share links. */
export function LinksScreen() {
  const links = useLinks();
  const origins = useEmbedOrigins();
  return (
    <SettingsScreen
      title="Share links"
      what="your links"
      query={links}
      aside={(list) => plural(list.links.filter(({ state }) => state === 'active').length, 'active link')}
    >
      {(list) =>
        list.links.length === 0 ? (
          <Notice
            icon={<Share2 />}
            title="You have no share links"
            actions={<LinkButton href="/">Open the graph</LinkButton>}
          >
            A share link opens what you saw for whoever may see it, until it runs out or you revoke it. Make
            one with the button Share above the graph, the flows or the policies.
          </Notice>
        ) : (
          <>
            <SettingsTable caption="Your share links, newest first" columns={columns}>
              {list.links.map((link) => (
                <LinkRow key={link.key} link={link} origins={origins} />
              ))}
            </SettingsTable>
            <EmbedsPart />
          </>
        )
      }
    </SettingsScreen>
  );
}

const pageNames: Readonly<Record<ShareLink['page'], string>> = {
  graph: 'Graph',
  flows: 'Flows',
  policies: 'Policies',
};

function LinkRow({ link, origins }: { readonly link: ShareLink; readonly origins: readonly string[] }) {
  const { id, name, page, createdAt, lastUsedAt, expiresAt, state } = link;
  return (
    <SettingsRow
      name={<NameOrNone name={name} />}
      cells={[
        { key: 'page', shown: pageNames[page] },
        { key: 'made', shown: <span className="tabular">{minute(createdAt)}</span> },
        { key: 'used', shown: <LastUsed at={lastUsedAt} /> },
        { key: 'until', shown: <GoodUntil state={state} expiresAt={expiresAt} /> },
        {
          key: 'do',
          shown: state === 'active' && (
            <div className="flex justify-end gap-1.5">
              {id !== null && <CopyAddress path={`/s/${id}`} name={name} />}
              {page === 'graph' && origins.length > 0 && <EmbedDialog link={link} origins={origins} />}
              <RevokeLink link={link} />
            </div>
          ),
        },
      ]}
    />
  );
}

function RevokeLink({ link: { key, name } }: { readonly link: ShareLink }) {
  const { mutate, isPending, error } = useRevokeLink(key);
  return (
    <RevokeButton
      name={name === '' ? 'this link' : name}
      isBusy={isPending}
      error={error}
      onRevoke={() => mutate()}
    >
      Whoever opens it from then on is told that it leads nowhere, and so does every page that embeds it. It
      cannot be taken back.
    </RevokeButton>
  );
}
