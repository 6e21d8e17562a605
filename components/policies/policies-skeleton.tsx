const columns = [3, 5, 4] as const;

/** Stands where the tiers will be while they are on their way. */
export function PoliciesSkeleton() {
  return (
    <div role="status" className="flex min-h-0 flex-1 gap-4 overflow-hidden p-4">
      <span className="sr-only">Loading the policies</span>
      {columns.map((cards) => (
        <div key={cards} aria-hidden className="w-[296px] shrink-0 animate-pulse">
          <div className="mb-3 h-[52px] rounded-[10px] border border-line bg-surface" />
          {Array.from({ length: cards }, (_, card) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the cards are alike
            <div key={card} className="mb-2 h-[86px] rounded-[10px] border border-hairline bg-surface" />
          ))}
        </div>
      ))}
    </div>
  );
}
