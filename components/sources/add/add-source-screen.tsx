'use client';

import { ChevronLeft } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { ScreenHeader } from '#components/ui/screen-header.tsx';
import { useDocumentTitle } from '#components/ui/use-document-title.ts';
import { problemText } from '#lib/client/problem-words.ts';
import { useCreateIngestToken } from '#lib/client/source-queries.ts';
import { clusterNameSchema } from '#lib/contracts/ingest-token.ts';
import { type Setup, setups } from '#lib/contracts/source-setup.ts';
import { SetupSteps } from './setup-steps.tsx';
import { SourceChoice } from './source-choice.tsx';
import { WaitingCard } from './waiting-card.tsx';

/** From a choice to the first flow: what it is, which cluster, what to run, and whether it arrives. */
export function AddSourceScreen() {
  useDocumentTitle('Add a source');
  const asked = useSearchParams().get('kind');
  const router = useRouter();
  const setup = setups.find(({ kind }) => kind === asked) ?? null;
  return (
    <>
      <ScreenHeader
        title={
          <h1 className="flex items-center gap-2 font-semibold">
            <LinkButton href="/sources" look="bare">
              <ChevronLeft aria-hidden /> Sources
            </LinkButton>
            Add a source
          </h1>
        }
      />
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto outline-offset-[-2px]"
      >
        <div className="mx-auto flex max-w-[860px] flex-col gap-6 px-6 py-6">
          <SourceChoice
            chosen={setup?.kind ?? null}
            onChoose={(kind) => router.replace(`/sources/new?kind=${kind}`, { scroll: false })}
          />
          {setup !== null && <Connection key={setup.kind} setup={setup} />}
        </div>
      </div>
    </>
  );
}

type Started = { readonly cluster: string; readonly token: string; readonly sinceMs: number };

function Connection({ setup }: { readonly setup: Setup }) {
  const [cluster, setCluster] = useState('');
  const [started, setStarted] = useState<Started | null>(null);
  const creation = useCreateIngestToken();
  const name = clusterNameSchema.safeParse(cluster);
  const start = () => {
    if (!name.success) return;
    const sinceMs = Date.now();
    if (!setup.needsToken) {
      setStarted({ cluster: name.data, token: '', sinceMs });
      return;
    }
    creation.mutate(
      { cluster: name.data, name: setup.name },
      { onSuccess: ({ token }) => setStarted({ cluster: name.data, token, sinceMs }) },
    );
  };
  return (
    <>
      <section aria-labelledby="cluster-heading">
        <h2 id="cluster-heading" className="mb-2 text-[15px] font-semibold tracking-[-0.01em]">
          Which cluster does it watch?
        </h2>
        <form
          className="flex flex-wrap items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            start();
          }}
        >
          <input
            aria-label="Name of the cluster"
            placeholder="prod-eu"
            value={cluster}
            maxLength={253}
            autoComplete="off"
            spellCheck={false}
            disabled={started !== null}
            onChange={(event) => setCluster(event.target.value)}
            className="h-8 w-64 rounded-[7px] border border-line bg-surface px-2.5 placeholder:text-muted disabled:text-muted"
          />
          {started === null && (
            <Button type="submit" look="primary" disabled={!name.success || creation.isPending}>
              {setup.needsToken ? 'Make a token and show the steps' : 'Show the steps'}
            </Button>
          )}
          {started !== null && (
            <Button
              look="bare"
              onClick={() => {
                setStarted(null);
                creation.reset();
              }}
            >
              Change
            </Button>
          )}
        </form>
        <p className="mt-1.5 text-xs text-muted">
          The name that its flows get here. Sources of one cluster share it.
        </p>
        {creation.isError && (
          <p role="alert" className="mt-2 text-denied">
            {problemText(creation.error)}
          </p>
        )}
      </section>
      {started !== null && (
        <>
          <SetupSteps setup={setup} values={{ ...started, address: window.location.origin }} />
          <WaitingCard cluster={started.cluster} sinceMs={started.sinceMs} />
        </>
      )}
    </>
  );
}
