/** Which of its clusters a team's home shows; nothing where there is no choice. */
export function HomeClusters({
  names,
  current,
  onChange,
}: {
  readonly names: readonly string[];
  readonly current: string;
  readonly onChange: (name: string) => void;
}) {
  if (names.length < 2) return null;
  return (
    <fieldset className="flex min-w-0 overflow-hidden rounded-[7px] border border-line">
      <legend className="sr-only">Cluster</legend>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === current}
          onClick={() => onChange(name)}
          className="h-7 min-w-0 truncate border-l border-line px-2.5 text-xs text-muted first:border-l-0 hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:font-semibold aria-pressed:text-text"
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
