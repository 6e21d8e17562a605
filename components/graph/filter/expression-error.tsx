import type { FilterError } from '#lib/filter/misread.ts';

/** Letters of the expression that are shown in front of the place that is wrong. */
const lead = 24;

/** What is wrong with an expression, with a mark under the character where it goes wrong. */
export function ExpressionError({
  id,
  text,
  error,
}: {
  readonly id: string;
  readonly text: string;
  readonly error: FilterError | null;
}) {
  const from = Math.max(0, (error?.at ?? 0) - lead);
  const shown = text.slice(from, (error?.at ?? 0) + lead);
  return (
    <div
      id={id}
      role="status"
      className={
        error
          ? 'absolute top-full right-0 left-0 z-40 mt-1 rounded-[10px] border border-denied/50 bg-raised px-3 py-2 shadow-float'
          : 'sr-only'
      }
    >
      {error && (
        <>
          <pre
            aria-hidden
            className="overflow-hidden font-mono text-xs leading-4 [font-variant-ligatures:none]"
          >
            {from > 0 ? '…' : ''}
            {shown}
            {'\n'}
            <span className="font-semibold text-denied">
              {' '.repeat(error.at - from + (from > 0 ? 1 : 0))}^
            </span>
          </pre>
          <p className="mt-0.5 text-xs">
            <span className="sr-only">Wrong at character {error.at + 1}: </span>
            {error.message}
          </p>
        </>
      )}
    </div>
  );
}
