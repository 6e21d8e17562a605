'use client';

import { type ComponentProps, useId } from 'react';

/** A line to fill in, with its name above it, and what is wrong or worth knowing below. */
export function TextField({
  label,
  hint,
  problem,
  className = '',
  ...rest
}: ComponentProps<'input'> & {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string | undefined;
}) {
  const id = useId();
  const note = problem ?? hint;
  return (
    <div className={`flex flex-col gap-1.5 ${className}`}>
      <label htmlFor={id} className="text-xs font-semibold">
        {label}
      </label>
      <input
        {...rest}
        id={id}
        aria-invalid={problem !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        className="h-9 w-full rounded-[7px] border border-line bg-ground px-2.5 text-[13px] text-text outline-offset-0 placeholder:text-muted aria-invalid:border-denied"
      />
      {note !== undefined && (
        <p id={`${id}-note`} className={`text-xs ${problem === undefined ? 'text-muted' : 'text-denied'}`}>
          {note}
        </p>
      )}
    </div>
  );
}
