const rows = ['w-40', 'w-32', 'w-48', 'w-36'] as const;

/** Stands where a table will be while its document is on its way. */
export function TableSkeleton({ label }: { readonly label: string }) {
  return (
    <div role="status" className="p-4">
      <span className="sr-only">{label}</span>
      <div aria-hidden className="animate-pulse rounded-[10px] border border-line bg-surface px-4 py-3">
        {rows.map((width) => (
          <div key={width} className="flex items-center gap-6 border-b border-hairline py-3.5 last:border-0">
            <span className={`h-3 rounded bg-line ${width}`} />
            <span className="h-3 w-24 rounded bg-hairline" />
            <span className="h-3 flex-1 rounded bg-hairline" />
          </div>
        ))}
      </div>
    </div>
  );
}
