'use client';

import { KeyRound } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { problemWords } from '#lib/client/problem-words.ts';
import { useRevokeToken, useTokens } from '#lib/client/token-queries.ts';
import type { ApiToken } from '#lib/contracts/api-token.ts';
import { plural } from '#lib/kit/format-number.ts';
import { FormProblem } from './form-problem.tsx';
import { NewTokenDialog } from './new-token-dialog.tsx';
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
      name={name === '' ? <span className="font-normal text-muted">without a name</span> : name}
      cells={[
        { key: 'id', shown: <span className="font-mono text-xs">{id}</span> },
        { key: 'rights', shown: <Tags names={rights} none="none" /> },
        {
          key: 'used',
          shown: <span className="tabular">{lastUsedAt === null ? 'never' : minute(lastUsedAt)}</span>,
        },
        {
          key: 'until',
          shown:
            state === 'active' ? (
              <span className="tabular">{minute(expiresAt)}</span>
            ) : (
              <span className="text-muted">{state}</span>
            ),
        },
        { key: 'revoke', shown: state === 'active' ? <RevokeButton id={id} name={name} /> : null },
      ]}
    />
  );
}

function RevokeButton({ id, name }: { readonly id: string; readonly name: string }) {
  const revoke = useRevokeToken(id);
  const called = name === '' ? id : name;
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
      <p>Whatever still shows this token is refused from then on. It cannot be taken back.</p>
      {revoke.error !== null && (
        <div className="mt-3 text-text">
          <FormProblem {...problemWords(revoke.error, 'The token could not be revoked')} />
        </div>
      )}
    </ConfirmDialog>
  );
}

/** To the minute, in UTC. */
function minute(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}
