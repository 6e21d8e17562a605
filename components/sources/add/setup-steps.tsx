'use client';

import { FileUp, KeyRound } from 'lucide-react';
import { useRef } from 'react';
import { useIngestFiles } from '#components/sources/drop/upload-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { CommandLine } from '#components/ui/command-line.tsx';
import type { Setup, SetupValues } from '#lib/contracts/source-setup.ts';

/** What to run or to configure, filled in. */
export function SetupSteps({ setup, values }: { readonly setup: Setup; readonly values: SetupValues }) {
  const isLocal = /\/\/(localhost|127\.|\[::1\])/.test(values.address);
  return (
    <section aria-labelledby="steps-heading" className="flex flex-col gap-4">
      <h2 id="steps-heading" className="text-[15px] font-semibold tracking-[-0.01em]">
        Connect {setup.name}
      </h2>
      {setup.needsToken && (
        <div className="rounded-[10px] border border-accent/35 bg-accent-soft px-3.5 py-3">
          <p className="flex items-center gap-2 font-semibold">
            <KeyRound aria-hidden className="size-4 text-accent" />
            Its token is shown this once
          </p>
          <p className="mt-0.5 mb-2 text-xs text-muted">
            It pushes flows of {values.cluster}, reads nothing, and is good for a year. It is filled in below.
          </p>
          <CommandLine command={values.token} />
        </div>
      )}
      <ol className="flex flex-col gap-4">
        {setup.steps(values).map(({ title, note, text, file }, index) => (
          <li key={title} className="flex gap-3">
            <span
              aria-hidden
              className="tabular mt-px flex size-5 shrink-0 items-center justify-center rounded-full border border-line text-[11px] font-semibold text-muted"
            >
              {index + 1}
            </span>
            <div className="min-w-0 flex-1">
              <h3 className="font-semibold">{title}</h3>
              <p className="mb-1.5 text-xs text-muted">{note}</p>
              {file === null ? <CommandLine command={text} /> : <CodeBlock name={file} text={text} />}
            </div>
          </li>
        ))}
      </ol>
      {setup.kind === 'file' && <ChooseFile cluster={values.cluster} />}
      {setup.needsToken && isLocal && (
        <p className="text-xs text-muted">
          This Flowloom listens on {values.address}, which only this machine reaches: run the steps here, or
          put the address of a proxy or tunnel to it in place.
        </p>
      )}
    </section>
  );
}

/** For those who do not drop; the file goes to the cluster that was named. */
function ChooseFile({ cluster }: { readonly cluster: string }) {
  const ingest = useIngestFiles();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div>
      <input
        ref={input}
        type="file"
        multiple
        aria-label="Flow log files"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => ingest([...(event.target.files ?? [])], cluster)}
      />
      <Button onClick={() => input.current?.click()}>
        <FileUp aria-hidden /> Choose a file
      </Button>
    </div>
  );
}
