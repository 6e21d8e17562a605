'use client';

import { Snowflake } from 'lucide-react';
import { GoodUntil, LastUsed, minute, NameOrNone, RevokeButton } from '#components/access/revocable.tsx';
import { SettingsScreen } from '#components/access/settings-screen.tsx';
import { SettingsRow, SettingsTable } from '#components/access/settings-table.tsx';
import { LinkButton } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useRevokeSnapshot, useSnapshots } from '#lib/client/snapshot-queries.ts';
import type { Snapshot } from '#lib/contracts/snapshots.ts';
import { plural } from '#lib/kit/format-number.ts';
import { CopyAddress } from './copy-button.tsx';
import { snapshotPath } from './snapshot-path.ts';

const columns = [
  { name: 'Name', width: '20%' },
  { name: 'Of (UTC)', width: '24%' },
  { name: 'For', width: '14%' },
  { name: 'Last opened (UTC)', width: '13%' },
  { name: 'Kept until (UTC)', width: '13%' },
  { name: 'Copy or revoke', width: '16%', isHidden: true },
] as const;

/** One's own snapshots. */
export function SnapshotsScreen() {
  const snapshots = useSnapshots();
  return (
    <SettingsScreen
      title="Snapshots"
      what="your snapshots"
      query={snapshots}
      aside={(list) =>
        plural(list.snapshots.filter(({ state }) => state === 'active').length, 'active snapshot')
      }
    >
      {(list) =>
        list.snapshots.length === 0 ? (
          <Notice
            icon={<Snowflake />}
            title="You have no snapshots"
            actions={<LinkButton href="/">Open the graph</LinkButton>}
          >
            A snapshot keeps the traffic of a window as it is now, for a report that must not change. Make one
            with the button Share above the graph.
          </Notice>
        ) : (
          <SettingsTable caption="Your snapshots, newest first" columns={columns}>
            {list.snapshots.map((snapshot) => (
              <SnapshotRow key={snapshot.key} snapshot={snapshot} />
            ))}
          </SettingsTable>
        )
      }
    </SettingsScreen>
  );
}

function SnapshotRow({ snapshot }: { readonly snapshot: Snapshot }) {
  const { name, kind, audience, hasPassword, cluster, window, lastUsedAt, expiresAt, state } = snapshot;
  const path = snapshotPath(snapshot);
  return (
    <SettingsRow
      name={<NameOrNone name={name} />}
      cells={[
        {
          key: 'of',
          shown: (
            <>
              {cluster}
              <span className="tabular block text-xs text-muted">
                {minute(window.from)}
                <br />
                to {minute(window.to)}
              </span>
            </>
          ),
        },
        {
          key: 'for',
          shown:
            kind === 'public' ? (
              <>
                Public: {audience}
                {hasPassword && <span className="block text-xs text-muted">with a password</span>}
              </>
            ) : (
              'Who signs in'
            ),
        },
        { key: 'used', shown: <LastUsed at={lastUsedAt} /> },
        { key: 'until', shown: <GoodUntil state={state} expiresAt={expiresAt} /> },
        {
          key: 'do',
          shown: state === 'active' && (
            <div className="flex justify-end gap-1.5">
              {path !== null && <CopyAddress path={path} name={name} />}
              <RevokeSnapshot snapshot={snapshot} />
            </div>
          ),
        },
      ]}
    />
  );
}

function RevokeSnapshot({ snapshot: { key, name } }: { readonly snapshot: Snapshot }) {
  const { mutate, isPending, error } = useRevokeSnapshot(key);
  return (
    <RevokeButton
      name={name === '' ? 'this snapshot' : name}
      isBusy={isPending}
      error={error}
      onRevoke={() => mutate()}
    >
      What was frozen is deleted, and its address leads nowhere. It cannot be taken back.
    </RevokeButton>
  );
}
