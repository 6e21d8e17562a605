'use client';

import { Check, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { useCopy } from '#components/ui/use-copy.ts';
import { problemWords } from '#lib/client/problem-words.ts';

/** Copies an address of this server. */
export function CopyAddress({ path, name }: { readonly path: string; readonly name: string }) {
  const { isCopied, copy } = useCopy(`${globalThis.location?.origin ?? ''}${path}`);
  return (
    <Button className="h-7" aria-label={`Copy ${name === '' ? 'address' : name}`} onClick={() => void copy()}>
      {isCopied ? <Check className="text-accent" /> : <Copy className="text-muted" />}
      {isCopied ? 'Copied' : 'Copy'}
    </Button>
  );
}

/** Ends what was shared, once somebody said twice that it should. */
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
  const problem = error && problemWords(error, 'It could not be revoked');
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
      {problem && (
        <p role="alert" className="mt-3 text-denied">
          {problem.title}. {problem.detail}
        </p>
      )}
    </ConfirmDialog>
  );
}

/** To the minute, in UTC. */
export function minute(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}
