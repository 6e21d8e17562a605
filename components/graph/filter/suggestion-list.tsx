import type { Suggestion } from '#lib/filter/complete.ts';

/** What could be written next; the keyboard acts through the field above. */
export function SuggestionList({
  id,
  label,
  suggestions,
  active,
  onActivate,
  onPick,
}: {
  readonly id: string;
  readonly label: string;
  readonly suggestions: readonly Suggestion[];
  /** -1: none, so that Enter applies what is written. */
  readonly active: number;
  readonly onActivate: (index: number) => void;
  readonly onPick: (suggestion: Suggestion) => void;
}) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label={label}
      className="absolute top-full right-0 left-0 z-40 mt-1 max-h-[46vh] overflow-y-auto rounded-[10px] border border-line bg-raised p-1.5 shadow-float empty:hidden"
    >
      {suggestions.map((suggestion, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard acts through the field above
        <div
          key={suggestion.text}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          ref={(element) => {
            if (index === active) element?.scrollIntoView({ block: 'nearest' });
          }}
          onMouseMove={() => onActivate(index)}
          // The field keeps the focus, so that writing goes on.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(suggestion)}
          className="flex cursor-pointer items-baseline gap-3 rounded-[7px] px-2.5 py-1 aria-selected:bg-accent-soft"
        >
          <span className="min-w-0 truncate font-mono text-xs [font-variant-ligatures:none]">
            {suggestion.label}
          </span>
          <span className="min-w-0 flex-1 truncate text-right text-xs text-muted">{suggestion.about}</span>
        </div>
      ))}
    </div>
  );
}
