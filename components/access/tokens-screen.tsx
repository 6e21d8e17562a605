'use client';

import { KeyRound } from 'lucide-react';
import { Notice } from '#components/ui/notice.tsx';
import { useRevokeToken, useTokens } from '#lib/client/token-queries.ts';
import type { ApiToken } from '#lib/contracts/api-token.ts';
import { plural } from '#lib/kit/format-number.ts';
import { NewTokenDialog } from './new-token-dialog.tsx';
import { GoodUntil, LastUsed, NameOrNone, RevokeButton } from './revocable.tsx';
import { SettingsScreen } from './settings-screen.tsx';
import { SettingsRow, SettingsTable, Tags } from './settings-table.tsx';

const columns = [
  { name: 'Name', width: '24%' },
  { name: 'Id', width: '12%' },
  { name: 'Rights', width: '24%' },
  { name: 'Last used (UTC)', width: '15%' },
  { name: 'Good until (UTC)', width: '14%' },
  { name: 'Revoke', width: '11%', isHidden: true },
] as const;

/** One's own API tokens. */
export function TokensScreen() {
  const tokens = useTokens();
  return (
    <SettingsScreen
      title="API tokens"
      what="your tokens"
      query={tokens}
      aside={(list) => plural(list.tokens.filter(({ state }) => state === 'active').length, 'active token')}
      actions={<NewTokenDialog />}
    >
      {(list) =>
        list.tokens.length === 0 ? (
          <Notice icon={<KeyRound />} title="You have no API tokens">
            A script that reads the graph or flows for you shows a token in place of your password. It never
            gets more than you have, and ends by itself.
          </Notice>
        ) : (
          <SettingsTable caption="Your API tokens, newest first" columns={columns}>
            {list.tokens.map((token) => (
              <TokenRow key={token.id} token={token} />
            ))}
          </SettingsTable>
        )
      }
    </SettingsScreen>
  );
}

function TokenRow({ token }: { readonly token: ApiToken }) {
  const { id, name, rights, lastUsedAt, expiresAt, state } = token;
  return (
    <SettingsRow
      name={<NameOrNone name={name} />}
      cells={[
        { key: 'id', shown: <span className="font-mono text-xs">{id}</span> },
        { key: 'rights', shown: <Tags names={rights} none="none" /> },
        { key: 'used', shown: <LastUsed at={lastUsedAt} /> },
        { key: 'until', shown: <GoodUntil state={state} expiresAt={expiresAt} /> },
        { key: 'revoke', shown: state === 'active' ? <RevokeToken id={id} name={name} /> : null },
      ]}
    />
  );
}

function RevokeToken({ id, name }: { readonly id: string; readonly name: string }) {
  const { mutate, isPending, error } = useRevokeToken(id);
  return (
    <RevokeButton name={name === '' ? id : name} isBusy={isPending} error={error} onRevoke={() => mutate()}>
      Whatever still shows this token is refused from then on. It cannot be taken back.
    </RevokeButton>
  );
}
