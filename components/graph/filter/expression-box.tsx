'use client';

import { type LucideIcon, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { complete, type Suggestion, type Vocabulary } from '#lib/filter/complete.ts';
import { parseFilter } from '#lib/filter/filter.ts';
import { useShortcuts } from '../use-shortcuts.ts';
import { ExpressionError } from './expression-error.tsx';
import { SuggestionList } from './suggestion-list.tsx';

type ExpressionBoxProps = {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly shortcut: string;
  readonly placeholder: string;
  /** The expression that is on. */
  readonly applied: string;
  readonly vocabulary: Vocabulary;
  /** Whole expressions for an empty box. */
  readonly starters: readonly { readonly text: string; readonly about: string }[];
  readonly onApply: (text: string) => void;
};

/** A field for a filter expression: completes it while it is written, and points at what is wrong. */
export function ExpressionBox(props: ExpressionBoxProps) {
  const { label, icon: Icon, applied, vocabulary, starters, onApply } = props;
  const input = useRef<HTMLInputElement>(null);
  const caret = useRef<number | null>(null);
  const [draft, setDraft] = useState<string | null>(null);
  const [cursor, setCursor] = useState(0);
  const [active, setActive] = useState(-1);
  const [isListOpen, setListOpen] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const id = useId();
  const text = draft ?? applied;
  const parsed = parseFilter(text);
  const completion = isListOpen ? complete(text, cursor, vocabulary) : null;
  const offered: readonly Suggestion[] =
    completion === null
      ? []
      : [
          ...(text === '' ? starters.map((one) => ({ ...one, label: one.text })) : []),
          ...completion.suggestions,
        ];
  const isOffering = isFocused && offered.length > 0;
  const error = parsed.ok || isOffering ? null : parsed.error;

  useShortcuts({ [props.shortcut]: () => input.current?.focus() });
  useEffect(() => {
    if (caret.current === null) return;
    input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  const edit = (next: string, at: number) => {
    setDraft(next);
    setCursor(at);
    setActive(-1);
    setListOpen(true);
  };
  const accept = ({ text: written }: Suggestion) => {
    const { from, to } = completion ?? { from: 0, to: 0 };
    // A blank that stands there already is not written twice.
    const rest = written.endsWith(' ') && text[to] === ' ' ? text.slice(to + 1) : text.slice(to);
    caret.current = from + written.length;
    edit(text.slice(0, from) + written + rest, caret.current);
  };
  const apply = (next: string) => {
    setListOpen(false);
    if (!parseFilter(next).ok) return;
    setDraft(null);
    if (next.trim() !== applied) onApply(next.trim());
  };
  const revert = () => {
    setDraft(null);
    setListOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const picked = offered[active];
    if (event.key === 'ArrowDown' && !isListOpen) setListOpen(true);
    else if (event.key === 'ArrowDown') setActive(Math.min(active + 1, offered.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, -1));
    else if (event.key === 'Enter' && picked) accept(picked);
    else if (event.key === 'Enter') apply(text);
    else if (event.key === 'Escape' && isOffering) setListOpen(false);
    else if (event.key === 'Escape') revert();
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices where the focus goes
    <div
      className="relative min-w-[220px] flex-1 transition-[flex-grow] focus-within:flex-[1.8]"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (currentTarget.contains(relatedTarget)) return;
        setFocused(false);
        apply(text);
      }}
    >
      <div
        className={`flex h-8 items-center gap-2 rounded-[7px] border bg-surface pl-2.5 focus-within:outline-2 focus-within:outline-accent ${
          error ? 'border-denied' : text === '' ? 'border-line' : 'border-accent/60'
        }`}
      >
        <Icon aria-hidden className="size-4 shrink-0 text-muted" />
        <label htmlFor={id} className="text-xs font-medium text-muted">
          {label}
        </label>
        <input
          ref={input}
          id={id}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={isOffering}
          aria-controls={`${id}-list`}
          aria-activedescendant={isOffering && active >= 0 ? `${id}-list-${active}` : undefined}
          aria-invalid={error !== null}
          aria-describedby={`${id}-error`}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder={props.placeholder}
          value={text}
          onFocus={() => {
            setFocused(true);
            setListOpen(true);
          }}
          onClick={() => setListOpen(true)}
          onChange={({ target }) => edit(target.value, target.selectionStart ?? target.value.length)}
          onSelect={({ currentTarget }) => setCursor(currentTarget.selectionStart ?? 0)}
          onKeyDown={onKeyDown}
          className="h-full min-w-0 flex-1 bg-transparent font-mono text-xs [font-variant-ligatures:none] outline-none placeholder:font-sans placeholder:text-muted"
        />
        {text !== '' && (
          <button
            type="button"
            aria-label={`Clear ${label}`}
            onClick={() => {
              setDraft(null);
              onApply('');
              input.current?.focus();
            }}
            className="mr-1 flex size-6 items-center justify-center rounded-[5px] text-muted hover:bg-hover hover:text-text"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        )}
      </div>
      <SuggestionList
        id={`${id}-list`}
        label={`Suggestions for ${label}`}
        suggestions={isOffering ? offered : []}
        active={active}
        onActivate={setActive}
        onPick={accept}
      />
      <ExpressionError id={`${id}-error`} text={text} error={error} />
    </div>
  );
}
