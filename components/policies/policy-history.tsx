'use client';

import { Minus, Pencil, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { formatAgo, formatInstant } from '#components/ui/format-time.ts';
import type { PolicyDetail } from '#lib/contracts/policies.ts';
import { plural } from '#lib/kit/format-number.ts';
import { changesOf, type PolicyChange } from './history-view.ts';
import { changePoliciesState } from './use-policies-state.ts';
import type { DiffLine, DiffPart } from './yaml/line-diff.ts';
import { YamlLine } from './yaml/yaml-line.tsx';

const looks = {
  changed: { icon: Pencil, text: 'Changed' },
  appeared: { icon: Plus, text: 'First seen' },
  deleted: { icon: Minus, text: 'Deleted' },
} as const;

/** What a policy was before: each change as a diff, the newest first. */
export function PolicyHistory({
  versions,
  nowMs,
}: {
  readonly versions: PolicyDetail['versions'];
  readonly nowMs: number;
}) {
  const changes = useMemo(() => changesOf(versions), [versions]);
  return (
    <ol className="flex flex-col gap-3">
      {changes.map((change) => (
        <li key={change.key}>
          <Change change={change} nowMs={nowMs} />
        </li>
      ))}
    </ol>
  );
}

function Change({ change, nowMs }: { readonly change: PolicyChange; readonly nowMs: number }) {
  const { kind, atMs, added, removed, parts } = change;
  const { icon: Icon, text } = looks[kind];
  return (
    <section className="overflow-hidden rounded-[10px] border border-line bg-surface">
      <h3 className="flex items-center gap-2 px-3 py-2 text-xs">
        <Icon aria-hidden className="size-3.5 shrink-0 text-muted" />
        <span className="font-semibold">{text}</span>
        <span
          className="tabular min-w-0 flex-1 truncate font-normal text-muted"
          title={formatAgo(atMs, nowMs)}
        >
          {formatInstant(atMs)}
        </span>
        <span className="tabular shrink-0 font-medium">
          {kind !== 'changed' && <span className="text-muted">{plural(added + removed, 'line')}</span>}
          {kind === 'changed' && (
            <>
              <span className="text-accent">+{added}</span> <span className="text-denied">−{removed}</span>
            </>
          )}
        </span>
      </h3>
      <button
        type="button"
        onClick={() => changePoliciesState({ atMs: kind === 'deleted' ? atMs - 1 : atMs, rule: null })}
        className="mx-3 mb-2 rounded-sm text-xs font-medium text-accent hover:underline"
      >
        {kind === 'deleted' ? 'All policies just before' : 'All policies as of then'}
      </button>
      {parts.length > 0 && <Parts parts={parts} label={`What changed on ${formatInstant(atMs)}`} />}
    </section>
  );
}

function Parts({ parts, label }: { readonly parts: readonly DiffPart[]; readonly label: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section would be one more landmark for each change
    <div
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto border-t border-line py-1.5 font-mono text-xs leading-[19px] outline-offset-[-2px]"
    >
      {parts.map(({ skipped, lines }) => (
        <div key={`${lines[0]?.before}-${lines[0]?.after}`}>
          {skipped > 0 && (
            <p className="py-1 pl-11 font-sans text-[11px] text-muted">{plural(skipped, 'line')} alike</p>
          )}
          {lines.map((line) => (
            <Line key={`${line.before}-${line.after}`} line={line} />
          ))}
        </div>
      ))}
    </div>
  );
}

const lineLooks = {
  same: { sign: ' ', word: '', look: '' },
  removed: { sign: '−', word: 'removed: ', look: 'bg-denied/9' },
  added: { sign: '+', word: 'added: ', look: 'bg-accent-soft' },
} as const;

function Line({ line: { kind, text, before, after } }: { readonly line: DiffLine }) {
  const { sign, word, look } = lineLooks[kind];
  return (
    <div className={`flex min-w-max items-baseline pr-3 ${look}`}>
      <span aria-hidden className="tabular w-11 shrink-0 pr-2 text-right text-[11px] text-muted select-none">
        {after ?? before}
      </span>
      <span
        aria-hidden
        className={`w-4 shrink-0 select-none ${kind === 'removed' ? 'text-denied' : 'text-accent'}`}
      >
        {sign}
      </span>
      <span className="whitespace-pre">
        <span className="sr-only">{word}</span>
        <YamlLine text={text} isOnTint={kind !== 'same'} />
      </span>
    </div>
  );
}
