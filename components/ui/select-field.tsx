'use client';

import { useId } from 'react';

/** One of a few, with its name above it and what it means below. */
export function SelectField({
  label,
  hint,
  value,
  choices,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly name: string }[];
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-xs font-semibold">
        {label}
      </label>
      <select
        id={id}
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-note`}
        onChange={(event) => onChange(event.target.value)}
        className="h-9 w-full cursor-pointer rounded-[7px] border border-line bg-ground px-2 text-[13px] text-text"
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.name}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p id={`${id}-note`} className="text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
