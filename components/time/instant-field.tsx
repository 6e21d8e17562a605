'use client';

/** An instant to be written, as `toInputValue` has it. */
export function InstantField({
  label,
  value,
  errorId,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly errorId: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <label className="flex flex-col gap-1 text-xs font-medium text-muted">
      {label}
      <input
        type="datetime-local"
        required
        value={value}
        aria-describedby={errorId}
        onChange={(event) => onChange(event.target.value)}
        className="tabular h-8 rounded-[7px] border border-line bg-surface px-2 text-[13px] font-normal text-text"
      />
    </label>
  );
}
