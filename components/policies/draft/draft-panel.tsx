'use client';

import { FileUp, FlaskConical, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button, IconButton } from '#components/ui/button.tsx';
import { ProblemNotice } from '#components/ui/problem-notice.tsx';
import { useCreateDraft, useDraft, usePolicy } from '#lib/client/policy-queries.ts';
import { problemText, problemWords } from '#lib/client/problem-words.ts';
import { type DraftDetail, mostDraftBytes } from '#lib/contracts/drafts.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { plural } from '#lib/kit/format-number.ts';
import type { DraftRef } from '#lib/picture/overlay/draft.ts';
import { ChangeList } from './change-list.tsx';
import { toChangeView } from './change-view.ts';
import { DraftEditor, type Problem } from './draft-editor.tsx';
import { lineRange } from './line-range.ts';

type DraftPanelProps = {
  readonly cluster: string;
  /** What the panel begins with. */
  readonly start: DraftRef;
  /** The graph with what the draft changes on it; without an overlay while that is on its way. */
  readonly document: GraphDocument;
  readonly windowText: string;
  /** Why the changes could not be told. */
  readonly error: Error | null;
  readonly onRetry: () => void;
  readonly onTried: (id: string) => void;
  readonly onSelectEdge: (id: string) => void;
  readonly onClose: () => void;
};

/** Policies to try: written, pasted or read from a file, and what they would change in this window. */
export function DraftPanel(props: DraftPanelProps) {
  const { start } = props;
  const draft = useDraft(start.kind === 'tried' ? start.id : null);
  const policy = usePolicy(start.kind === 'of-policy' ? start.policy : null);
  const asked = start.kind === 'tried' ? draft : policy;
  return (
    <aside
      aria-label="Draft"
      className="flex w-[480px] shrink-0 flex-col border-l border-line bg-ground max-[1360px]:w-[420px]"
    >
      <header className="flex items-start gap-2 pt-3.5 pr-2.5 pb-2 pl-4">
        <div className="min-w-0 flex-1">
          <h2 className="text-base leading-snug font-semibold tracking-[-0.01em]">Draft</h2>
          <p className="text-xs text-muted">
            Policies that are nowhere in force, tried on the traffic of {props.windowText}
          </p>
        </div>
        <IconButton label="Close the draft" onClick={props.onClose} className="-mt-1">
          <X />
        </IconButton>
      </header>
      {start.kind !== 'new' && asked.isPending && (
        <p role="status" className="px-4 text-muted">
          Loading the draft…
        </p>
      )}
      {start.kind !== 'new' && asked.isError && (
        <ProblemNotice
          {...problemWords(asked.error, 'The draft could not be loaded')}
          onRetry={() => void asked.refetch()}
        />
      )}
      {start.kind === 'new' && <Sheet {...props} tried={null} first="" />}
      {start.kind === 'of-policy' && policy.data && (
        <Sheet {...props} tried={null} first={policy.data.yaml} />
      )}
      {start.kind === 'tried' && draft.data && (
        <Sheet {...props} tried={draft.data} first={draft.data.yaml} />
      )}
    </aside>
  );
}

function Sheet({
  tried,
  first,
  ...props
}: DraftPanelProps & { readonly tried: DraftDetail | null; readonly first: string }) {
  const [text, setText] = useState(first);
  const [replaceAll, setReplaceAll] = useState(tried?.replaceAll ?? false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const creation = useCreateDraft();
  const isChanged = tried === null || text !== tried.yaml || replaceAll !== tried.replaceAll;
  const problems = isChanged ? [] : tried.problems;
  const change = (next: string) => {
    setRefusal(null);
    creation.reset();
    setText(next);
  };
  const read = async (files: readonly File[]) => {
    const texts = await Promise.all(files.map((one) => one.text()));
    change(texts.join('\n---\n'));
  };
  const tryIt = () => {
    const bytes = new TextEncoder().encode(text).length;
    if (bytes > mostDraftBytes) {
      setRefusal(
        `This is ${plural(bytes, 'byte')}, and a draft has at most ${mostDraftBytes}. Use flowloom policy check for more.`,
      );
      return;
    }
    creation.mutate(
      { cluster: props.cluster, name: '', yaml: text, replaceAll },
      { onSuccess: ({ id }) => props.onTried(id) },
    );
  };
  const goTo = (problem: Problem) => {
    const { start, end } = lineRange(text, problem.line);
    box.current?.focus();
    box.current?.setSelectionRange(start, end);
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2.5 px-4 pb-4">
      <div className="flex min-h-[180px] flex-1 flex-col">
        <DraftEditor
          ref={box}
          text={text}
          problems={problems}
          onChange={change}
          onDropFiles={(files) => void read(files)}
        />
      </div>
      <ProblemList problems={problems} onGo={goTo} />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          look="primary"
          disabled={text.trim() === '' || creation.isPending || !isChanged}
          onClick={tryIt}
        >
          <FlaskConical aria-hidden /> {creation.isPending ? 'Trying…' : 'Try it'}
        </Button>
        <input
          ref={file}
          type="file"
          multiple
          accept=".yaml,.yml,.json"
          aria-label="Files of policies"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => void read([...(event.target.files ?? [])])}
        />
        <Button onClick={() => file.current?.click()}>
          <FileUp aria-hidden /> From a file
        </Button>
        <label className="ml-auto flex items-center gap-1.5 text-xs text-muted">
          <input
            type="checkbox"
            checked={replaceAll}
            onChange={(event) => setReplaceAll(event.target.checked)}
            className="size-4 accent-accent"
          />
          in place of all policies
        </label>
      </div>
      {(refusal !== null || creation.isError) && (
        <p role="alert" className="text-xs text-denied">
          {refusal ?? (creation.error ? problemText(creation.error) : '')}
        </p>
      )}
      {tried !== null && !isChanged && <Outcome {...props} tried={tried} />}
      {tried !== null && isChanged && (
        <p className="text-xs text-muted">The picture is that of the text before. Try this one to see it.</p>
      )}
    </div>
  );
}

function ProblemList({
  problems,
  onGo,
}: {
  readonly problems: readonly Problem[];
  readonly onGo: (problem: Problem) => void;
}) {
  if (problems.length === 0) return null;
  return (
    <ul aria-label="What is wrong with the draft" className="max-h-28 shrink-0 overflow-y-auto text-xs">
      {problems.map((problem) => (
        <li key={`${problem.line} ${problem.path} ${problem.message}`}>
          <button
            type="button"
            onClick={() => onGo(problem)}
            className={`w-full rounded-md px-1.5 py-1 text-left hover:bg-hover ${problem.severity === 'error' ? 'text-denied' : 'text-dropped'}`}
          >
            <span className="tabular font-semibold">Line {problem.line}</span>{' '}
            {problem.path !== '' && !problem.message.startsWith(problem.path) && (
              <span className="font-mono">{problem.path}: </span>
            )}
            {problem.message}
          </button>
        </li>
      ))}
    </ul>
  );
}

const changeWords = { adds: 'adds', replaces: 'replaces', same: 'same as' } as const;

function Outcome({
  tried,
  document,
  error,
  onRetry,
  onSelectEdge,
}: Pick<DraftPanelProps, 'document' | 'error' | 'onRetry' | 'onSelectEdge'> & {
  readonly tried: DraftDetail;
}) {
  const view = toChangeView(document);
  return (
    <section
      aria-label="What it changes"
      className="flex min-h-[160px] flex-1 flex-col gap-2 overflow-y-auto [&>*]:shrink-0"
    >
      {tried.policies.length > 0 && (
        <ul className="text-xs text-muted">
          {tried.policies.map(({ kind, namespace, name, change }) => (
            <li key={`${kind} ${namespace} ${name}`}>
              {changeWords[change]}{' '}
              <span className="font-mono text-[11.5px] text-text">
                {namespace === '' ? name : `${namespace}/${name}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {error !== null && (
        <p role="alert" className="text-xs text-denied">
          {problemText(error)}{' '}
          <button type="button" onClick={onRetry} className="font-semibold underline">
            Try again
          </button>
        </p>
      )}
      {error === null && view === null && (
        <p role="status" className="text-xs text-muted">
          Evaluating…
        </p>
      )}
      {error === null && view !== null && <ChangeList view={view} onSelectEdge={onSelectEdge} />}
    </section>
  );
}
