'use client';

import { type FormEvent, useState } from 'react';
import { TextField } from '#components/ui/text-field.tsx';
import { useCreateSnapshot, useSharing } from '#lib/client/snapshot-queries.ts';
import { type SnapshotLife, snapshotLives } from '#lib/contracts/snapshots.ts';
import { AddressField } from './address-field.tsx';
import { MakeButton, TextAndLife } from './share-form.tsx';
import { snapshotPath } from './snapshot-path.ts';

/** Freezes the window that is shown, for people who sign in or, where an admin lets it out, for everybody. */
export function NewSnapshotForm({
  query,
  windowText,
  mayPublish,
}: {
  readonly query: string;
  readonly windowText: string;
  readonly mayPublish: boolean;
}) {
  const [name, setName] = useState('');
  const [expires, setExpires] = useState<SnapshotLife>('30d');
  const [isPublic, setPublic] = useState(false);
  const [audience, setAudience] = useState('');
  const [hideNames, setHideNames] = useState(false);
  const [password, setPassword] = useState('');
  const isLetOut = useSharing().data?.publicSnapshots === true;
  const create = useCreateSnapshot();
  const lives = isPublic ? snapshotLives.filter((life) => life === '7d' || life === '30d') : snapshotLives;
  const life = lives.find((each) => each === expires) ?? '30d';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (create.isPending) return;
    const open = { audience, hideNames, ...(password === '' ? {} : { password }) };
    create.mutate({ name, query, expires: life, ...(isPublic ? { public: open } : {}) });
  };
  const path = create.data ? snapshotPath(create.data) : null;
  if (path !== null) {
    return (
      <div className="flex flex-col gap-2 px-4 py-3.5">
        <AddressField label="Snapshot" address={`${window.location.origin}${path}`} />
        <p className="text-xs text-muted">
          {isPublic
            ? 'Whoever has this address sees one picture of it. The audit log names it and its audience.'
            : 'Whoever opens it sees of it what they may see.'}
        </p>
      </div>
    );
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 px-4 py-3.5">
      <p className="text-xs text-muted">
        Keeps <span className="tabular font-semibold text-text">{windowText}</span> as it is now: a report
        that nothing changes afterwards.
      </p>
      <TextAndLife
        text={{ label: 'Name', placeholder: 'incident 4711', value: name }}
        onText={setName}
        lifeLabel="Kept for"
        life={life}
        lives={lives}
        onLife={setExpires}
      />
      {mayPublish && isLetOut && (
        <label className="flex items-start gap-2">
          <input
            type="checkbox"
            className="mt-0.5 size-4 accent-(--accent)"
            checked={isPublic}
            onChange={({ target }) => setPublic(target.checked)}
          />
          <span>
            Public
            <span className="block text-xs text-muted">
              One picture for whoever has the address, without addresses, labels and policies
            </span>
          </span>
        </label>
      )}
      {isPublic && (
        <>
          <TextField
            label="For whom"
            placeholder="auditors of ACME"
            required
            maxLength={200}
            autoComplete="off"
            value={audience}
            onChange={({ target }) => setAudience(target.value)}
          />
          <TextField
            label="Password"
            hint="Leave it empty, and the address is enough."
            type="password"
            minLength={8}
            maxLength={200}
            autoComplete="new-password"
            value={password}
            onChange={({ target }) => setPassword(target.value)}
          />
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              className="size-4 accent-(--accent)"
              checked={hideNames}
              onChange={({ target }) => setHideNames(target.checked)}
            />
            Number namespaces and workloads in place of their names
          </label>
        </>
      )}
      <MakeButton
        error={create.error}
        problem="The snapshot could not be made"
        isBusy={create.isPending}
        busyText="Freezing …"
      >
        Freeze it
      </MakeButton>
    </form>
  );
}
