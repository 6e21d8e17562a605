'use client';

import { CircleAlert, CircleCheck, FileText, X } from 'lucide-react';
import { IconButton, LinkButton } from '#components/ui/button.tsx';
import { ApiError } from '#lib/client/api-fetch.ts';
import { problemText } from '#lib/client/problem-words.ts';
import type { Uploaded } from '#lib/client/upload-flows.ts';
import { sourceName } from '#lib/contracts/source-names.ts';
import { formatBytes, formatExact } from '#lib/kit/format-number.ts';
import { resultHref, resultTitle } from './result-text.ts';
import type { UploadedFile } from './uploaded-file.ts';

/** What became of the files that were dropped, above everything else at the corner. */
export function Uploads({
  files,
  onDismiss,
}: {
  readonly files: readonly UploadedFile[];
  readonly onDismiss: (id: number) => void;
}) {
  return (
    <section
      aria-label="Files"
      aria-live="polite"
      className="fixed right-4 bottom-4 z-40 flex max-h-[80vh] w-[360px] flex-col gap-2.5 overflow-y-auto empty:hidden"
    >
      {files.map((file) => (
        <article
          key={file.id}
          className="rounded-[10px] border border-line bg-raised px-3.5 py-3 shadow-float"
        >
          <header className="flex items-start gap-2.5">
            <Mark file={file} />
            <div className="min-w-0 flex-1">
              <h2 className="truncate font-semibold" title={file.name}>
                {file.name}
              </h2>
              <p className="tabular text-xs text-muted">
                {formatBytes(file.size)}
                {file.cluster !== null && `, into ${file.cluster}`}
              </p>
            </div>
            <Close file={file} onDismiss={onDismiss} />
          </header>
          <State file={file} />
        </article>
      ))}
    </section>
  );
}

function Mark({ file: { state } }: { readonly file: UploadedFile }) {
  if (state.kind === 'failed')
    return <CircleAlert aria-hidden className="mt-0.5 size-[18px] shrink-0 text-denied" />;
  if (state.kind !== 'done')
    return <FileText aria-hidden className="mt-0.5 size-[18px] shrink-0 text-muted" />;
  return <CircleCheck aria-hidden className="mt-0.5 size-[18px] shrink-0 text-accent" />;
}

function Close({
  file,
  onDismiss,
}: {
  readonly file: UploadedFile;
  readonly onDismiss: (id: number) => void;
}) {
  const isOver = file.state.kind === 'done' || file.state.kind === 'failed';
  return (
    <IconButton
      label={isOver ? `Close ${file.name}` : `Cancel ${file.name}`}
      className="-mt-1 -mr-1.5"
      onClick={() => (isOver ? onDismiss(file.id) : file.cancel())}
    >
      <X />
    </IconButton>
  );
}

function State({ file }: { readonly file: UploadedFile }) {
  const { state, size, name } = file;
  switch (state.kind) {
    case 'waiting':
      return <p className="mt-2 text-xs text-muted">Waits for the file before it</p>;
    case 'sending':
      return <Sending name={name} sent={state.sent} size={size} />;
    case 'failed':
      return (
        <>
          <p role="alert" className="mt-2 text-xs break-words text-denied">
            {problemText(state.error)}
          </p>
          {state.error instanceof ApiError && state.error.problem.code === 'nothing-read' && (
            <div className="mt-2.5">
              <LinkButton href="/rejected">See what was rejected</LinkButton>
            </div>
          )}
        </>
      );
    case 'done':
      return <Done uploaded={state} cluster={file.cluster} />;
  }
}

function Sending({
  name,
  sent,
  size,
}: {
  readonly name: string;
  readonly sent: number;
  readonly size: number;
}) {
  const share = size === 0 ? 1 : Math.min(1, sent / size);
  const isSent = share >= 1;
  return (
    <div className="mt-2.5">
      <div
        role="progressbar"
        aria-label={`Sending ${name}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        className="h-1.5 overflow-hidden rounded-full bg-hairline"
      >
        <div
          className={`h-full rounded-full bg-accent ${isSent ? 'animate-pulse' : ''}`}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <p className="tabular mt-1 text-xs text-muted">
        {isSent ? 'Sent; being ingested' : `${formatBytes(sent)} of ${formatBytes(size)}`}
      </p>
    </div>
  );
}

const counts = [
  { key: 'accepted', name: 'accepted', tone: 'text-accent' },
  { key: 'rejected', name: 'rejected', tone: 'text-dropped' },
  { key: 'ignored', name: 'ignored', tone: '' },
  { key: 'duplicates', name: 'there already', tone: '' },
] as const;

function Done({ uploaded, cluster }: { readonly uploaded: Uploaded; readonly cluster: string | null }) {
  const { result } = uploaded;
  const graph = resultHref(result, cluster);
  return (
    <>
      <p className="mt-2 text-xs text-muted">
        {resultTitle(uploaded)}
        {result.format !== null && ` · ${sourceName(result.format)}`}
      </p>
      <dl className="mt-2 grid grid-cols-4 gap-px overflow-hidden rounded-[8px] border border-line bg-hairline">
        {counts.map(({ key, name, tone }) => (
          <div key={key} className="flex flex-col-reverse bg-raised px-2 py-1.5">
            <dt className="text-[11px] leading-snug text-muted">{name}</dt>
            <dd className={`tabular truncate font-semibold ${result[key] > 0 ? tone : ''}`}>
              {formatExact(result[key])}
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-2.5 flex flex-wrap gap-2 empty:hidden">
        {graph !== null && (
          <LinkButton href={graph} look="primary">
            Open its graph
          </LinkButton>
        )}
        {result.rejected > 0 && <LinkButton href="/rejected">See what was rejected</LinkButton>}
      </div>
    </>
  );
}
