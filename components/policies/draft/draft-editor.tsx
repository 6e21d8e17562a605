'use client';

import { type DragEvent, type Ref, useId } from 'react';
import type { Draft } from '#lib/contracts/drafts.ts';
import { YamlLine } from '../yaml/yaml-line.tsx';

export type Problem = Draft['problems'][number];

/** Height of a line, which the text, its colours and its numbers share. */
const lineHeight = 19;

/**
 * A text area with the colours of its text under it and numbers beside it; what is wrong is marked at its line.
 * It grows with the text, so that all three scroll as one.
 */
export function DraftEditor({
  text,
  problems,
  onChange,
  onDropFiles,
  ref,
}: {
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly onChange: (text: string) => void;
  readonly onDropFiles: (files: readonly File[]) => void;
  readonly ref: Ref<HTMLTextAreaElement>;
}) {
  const hintId = useId();
  const lines = text.split('\n');
  const wrong = new Map(problems.map(({ line, severity }) => [line, severity]));
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 0);
  const size = { height: Math.max(12, lines.length) * lineHeight + 16, minWidth: `${longest + 2}ch` };
  // A dropped file is a draft here, and not flow logs for the window around.
  const onDrop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    onDropFiles([...event.dataTransfer.files]);
  };
  return (
    <div className="min-h-0 flex-1 overflow-auto rounded-[7px] border border-line bg-surface font-mono text-xs focus-within:border-accent">
      <div className="flex min-h-full min-w-max" style={{ lineHeight: `${lineHeight}px` }}>
        <div
          aria-hidden
          className="tabular sticky left-0 z-10 w-10 shrink-0 border-r border-hairline bg-surface py-2 text-right text-[11px] text-muted select-none"
        >
          {lines.map((_, index) => {
            const severity = wrong.get(index + 1);
            return (
              <div
                // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number
                key={index}
                className={`pr-2 ${severity === 'error' ? 'bg-denied/15 font-semibold text-denied' : severity === 'warning' ? 'bg-dropped/15 font-semibold text-dropped' : ''}`}
              >
                {index + 1}
              </div>
            );
          })}
        </div>
        <div className="relative flex-1" style={size}>
          <div aria-hidden className="absolute inset-0 px-2.5 py-2 whitespace-pre">
            {lines.map((line, index) => (
              <div
                // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number
                key={index}
                className={wrong.has(index + 1) ? 'bg-denied/9' : ''}
                style={{ minHeight: lineHeight }}
              >
                <YamlLine text={line} />
              </div>
            ))}
          </div>
          <textarea
            ref={ref}
            aria-label="Policies to try, in YAML"
            aria-describedby={hintId}
            aria-invalid={problems.some(({ severity }) => severity === 'error')}
            value={text}
            wrap="off"
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            onChange={(event) => onChange(event.target.value)}
            onDrop={onDrop}
            className="absolute inset-0 resize-none overflow-hidden bg-transparent px-2.5 py-2 text-transparent caret-text outline-none"
            style={{ lineHeight: `${lineHeight}px` }}
          />
          {text === '' && (
            <p aria-hidden className="pointer-events-none absolute top-2 left-2.5 text-muted">
              apiVersion: projectcalico.org/v3 …
            </p>
          )}
        </div>
      </div>
      <p id={hintId} className="sr-only">
        {problems.length === 0
          ? 'Paste manifests of policies.'
          : problems.map(({ line, message }) => `Line ${line}: ${message}`).join('. ')}
      </p>
    </div>
  );
}
