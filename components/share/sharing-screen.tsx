'use client';

import { SettingsScreen } from '#components/access/settings-screen.tsx';
import { problemWords } from '#lib/client/problem-words.ts';
import { useChangeSharing, useSharing } from '#lib/client/snapshot-queries.ts';
import { EmbedOrigins } from './embed-origins.tsx';

/** What an admin lets out of the installation. */
export function SharingScreen() {
  const sharing = useSharing();
  const change = useChangeSharing();
  const problem = change.error && problemWords(change.error, 'That could not be changed');
  return (
    <SettingsScreen title="Sharing" what="what is let out" query={sharing}>
      {({ publicSnapshots, embedOrigins }) => (
        <div className="flex max-w-[640px] flex-col gap-3">
          <label className="flex items-start gap-3 rounded-[10px] border border-line bg-surface px-4 py-3.5">
            <input
              type="checkbox"
              className="mt-0.5 size-4 accent-(--accent)"
              checked={publicSnapshots}
              disabled={change.isPending}
              onChange={({ target }) => change.mutate({ publicSnapshots: target.checked })}
            />
            <span>
              <span className="font-semibold">Public snapshots</span>
              <span className="mt-0.5 block text-muted">
                Whoever may export and share publicly can freeze a picture that opens without signing in:
                without addresses, labels and policies, for thirty days at most. Switched off, those that were
                made open no longer.
              </span>
            </span>
          </label>
          {problem && (
            <p role="alert" className="text-denied">
              {problem.title}. {problem.detail}
            </p>
          )}
          <EmbedOrigins origins={embedOrigins} />
        </div>
      )}
    </SettingsScreen>
  );
}
