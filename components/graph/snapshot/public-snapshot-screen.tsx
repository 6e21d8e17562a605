'use client';

import { Lock, Snowflake, Unlink } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { formatInstant } from '#components/ui/format-time.ts';
import { Logo } from '#components/ui/logo.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useDocumentTitle } from '#components/ui/use-document-title.ts';
import { useInBrowser } from '#components/ui/use-in-browser.ts';
import { ApiError } from '#lib/client/api-fetch.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import { usePublicSnapshot } from '#lib/client/snapshot-queries.ts';
import type { PublicSnapshot } from '#lib/contracts/snapshots.ts';
import { CanvasSkeleton } from '../graph-skeleton.tsx';
import { useScreenState } from '../use-screen-state.ts';
import { FrozenGraph } from './frozen-graph.tsx';
import { usePublicPicture } from './use-public-picture.ts';

const noPlaces = {};

/** A frozen picture for whoever has its address. */
export function PublicSnapshotScreen({ id }: { readonly id: string }) {
  const [password, setPassword] = useState<string | null>(null);
  const isInBrowser = useInBrowser();
  const snapshot = usePublicSnapshot(id, password);
  useDocumentTitle(snapshot.data?.name || 'Snapshot');
  const code = snapshot.error instanceof ApiError ? snapshot.error.problem.code : '';
  if (code === 'password-needed' || code === 'wrong-password')
    return <PasswordForm isWrong={code === 'wrong-password'} onSubmit={setPassword} />;
  if (snapshot.error) {
    const { title, detail } = problemWords(snapshot.error, 'The snapshot could not be opened');
    return (
      <Notice icon={<Unlink />} title={title}>
        {detail}
      </Notice>
    );
  }
  if (!snapshot.data || !isInBrowser) return <CanvasSkeleton />;
  return <OpenedPublicly id={id} snapshot={snapshot.data} />;
}

function PasswordForm({
  isWrong,
  onSubmit,
}: {
  readonly isWrong: boolean;
  readonly onSubmit: (password: string) => void;
}) {
  const [given, setGiven] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (given !== '') onSubmit(given);
  };
  return (
    <Notice icon={<Lock />} title="This snapshot has a password">
      <form onSubmit={submit} className="mt-2 flex flex-col gap-3">
        <TextField
          label="Password"
          type="password"
          autoComplete="off"
          value={given}
          {...(isWrong ? { problem: 'This is not the password. Try again.' } : {})}
          onChange={({ target }) => setGiven(target.value)}
        />
        <Button type="submit" look="primary" disabled={given === ''} className="self-end">
          Open
        </Button>
      </form>
    </Notice>
  );
}

function OpenedPublicly({ id, snapshot }: { readonly id: string; readonly snapshot: PublicSnapshot }) {
  const { name, audience, graph, window, createdAt, expiresAt } = snapshot;
  const state = useScreenState();
  const shown = usePublicPicture(graph, { window, layout: 'layered', places: noPlaces });
  const title = name === '' ? 'Snapshot' : name;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex h-12 shrink-0 items-center gap-2.5 border-b border-line bg-ground px-3.5">
        <span className="flex size-7 shrink-0 items-center justify-center rounded-[8px] bg-accent text-accent-text">
          <Logo className="size-5" />
        </span>
        <h1 className="truncate font-semibold">{title}</h1>
        <span className="tabular truncate text-muted">{shown.windowText}</span>
      </header>
      <p className="flex shrink-0 items-center gap-2 border-b border-line bg-accent-soft px-3.5 py-1.5 text-xs">
        <Snowflake aria-hidden className="size-4 shrink-0 text-accent" />
        <span className="truncate">
          Frozen on {formatInstant(Date.parse(createdAt))} for{' '}
          <strong className="font-semibold">{audience}</strong>. Open until{' '}
          {formatInstant(Date.parse(expiresAt))}.
        </span>
      </p>
      <FrozenGraph {...shown} pictureKey={id} state={{ ...state, level: graph.level }} title={title} />
    </div>
  );
}
