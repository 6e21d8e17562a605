'use client';

import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { problemWords } from '#lib/client/problem-words.ts';
import { FormProblem } from './form-problem.tsx';

/** What rows of tokens, links and snapshots have in common: a name that may be none, times, and an end. */

export function NameOrNone({ name }: { readonly name: string }) {
  return name === '' ? <span className="font-normal text-muted">without a name</span> : name;
}

export function LastUsed({ at }: { readonly at: string | null }) {
  return <span className="tabular">{at === null ? 'never' : minute(at)}</span>;
}

type End = {
  readonly state: 'active' | 'expired' | 'revoked';
  /** null: it does not run out. */
  readonly expiresAt: string | null;
};

/** Until when it is good, or that it is no longer. */
export function GoodUntil({ state, expiresAt }: End) {
  if (state !== 'active') return <span className="text-muted">{state}</span>;
  return <span className="tabular">{expiresAt === null ? 'you revoke it' : minute(expiresAt)}</span>;
}

/** Ends something for good, once somebody said twice that it should. */
export function RevokeButton({
  name,
  isBusy,
  error,
  onRevoke,
  children,
}: {
  readonly name: string;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onRevoke: () => void;
  /** What becomes of it. */
  readonly children: ReactNode;
}) {
  return (
    <ConfirmDialog
      trigger={
        <Button look="danger" className="h-7" aria-label={`Revoke ${name}`}>
          Revoke
        </Button>
      }
      title={`Revoke ${name}?`}
      confirm="Revoke"
      isBusy={isBusy}
      onConfirm={onRevoke}
    >
      <p>{children}</p>
      {error !== null && (
        <div className="mt-3 text-text">
          <FormProblem {...problemWords(error, 'It could not be revoked')} />
        </div>
      )}
    </ConfirmDialog>
  );
}

/** To the minute, in UTC. */
export function minute(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}
