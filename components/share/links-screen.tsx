'use client';

import { Check, Copy, Share2 } from 'lucide-react';
import { SettingsScreen } from '#components/access/settings-screen.tsx';
import { SettingsRow, SettingsTable } from '#components/access/settings-table.tsx';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useCopy } from '#components/ui/use-copy.ts';
import { useLinks, useRevokeLink } from '#lib/client/link-queries.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import type { ShareLink } from '#lib/contracts/links.ts';
import { plural } from '#lib/kit/format-number.ts';

const columns = [
  { name: 'Name', width: '28%' },
  { name: 'Of', width: '10%' },
  { name: 'Made (UTC)', width: '15%' },
  { name: 'Last used (UTC)', width: '15%' },
  { name: 'Good until (UTC)', width: '15%' },
  { name: 'Copy or revoke', width: '17%', isHidden: true },
] as const;

/** One's own share links. */
export function LinksScreen() {
  const links = useLinks();
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
          <SettingsTable caption="Your share links, newest first" columns={columns}>
            {list.links.map((link) => (
              <LinkRow key={link.key} link={link} />
            ))}
          </SettingsTable>
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

function LinkRow({ link }: { readonly link: ShareLink }) {
  const { id, name, page, createdAt, lastUsedAt, expiresAt, state } = link;
  return (
    <SettingsRow
      name={name === '' ? <span className="font-normal text-muted">without a name</span> : name}
      cells={[
        { key: 'page', shown: pageNames[page] },
        { key: 'made', shown: <span className="tabular">{minute(createdAt)}</span> },
        {
          key: 'used',
          shown: <span className="tabular">{lastUsedAt === null ? 'never' : minute(lastUsedAt)}</span>,
        },
        {
          key: 'until',
          shown:
            state === 'active' ? (
              <span className="tabular">{expiresAt === null ? 'revoked' : minute(expiresAt)}</span>
            ) : (
              <span className="text-muted">{state}</span>
            ),
        },
        {
          key: 'do',
          shown: state === 'active' && (
            <div className="flex justify-end gap-1.5">
              {id !== null && <CopyButton id={id} name={name} />}
              <RevokeButton link={link} />
            </div>
          ),
        },
      ]}
    />
  );
}

function CopyButton({ id, name }: { readonly id: string; readonly name: string }) {
  const { isCopied, copy } = useCopy(`${globalThis.location?.origin ?? ''}/s/${id}`);
  return (
    <Button className="h-7" aria-label={`Copy ${name === '' ? 'link' : name}`} onClick={() => void copy()}>
      {isCopied ? <Check className="text-accent" /> : <Copy className="text-muted" />}
      {isCopied ? 'Copied' : 'Copy'}
    </Button>
  );
}

function RevokeButton({ link: { key, name } }: { readonly link: ShareLink }) {
  const revoke = useRevokeLink(key);
  const called = name === '' ? 'this link' : name;
  const problem = revoke.error && problemWords(revoke.error, 'The link could not be revoked');
  return (
    <ConfirmDialog
      trigger={
        <Button look="danger" className="h-7" aria-label={`Revoke ${called}`}>
          Revoke
        </Button>
      }
      title={`Revoke ${called}?`}
      confirm="Revoke"
      isBusy={revoke.isPending}
      onConfirm={() => revoke.mutate()}
    >
      <p>Whoever opens it from then on is told that it leads nowhere. It cannot be taken back.</p>
      {problem && (
        <p role="alert" className="mt-3 text-denied">
          {problem.title}. {problem.detail}
        </p>
      )}
    </ConfirmDialog>
  );
}

/** To the minute, in UTC. */
function minute(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}
