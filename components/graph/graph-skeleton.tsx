/** Where ghosts of nodes stand while the first answer is on its way, in shares of the canvas. */
const ghosts: readonly (readonly [left: number, top: number, width: number])[] = [
  [6, 26, 124],
  [6, 58, 104],
  [27, 18, 110],
  [28, 46, 132],
  [26, 74, 116],
  [50, 30, 140],
  [51, 62, 112],
  [73, 20, 106],
  [74, 48, 128],
  [72, 76, 118],
];

/** The screen without its facts: the same frame, so that nothing jumps when they arrive. */
export function GraphSkeleton() {
  return (
    <div className="flex min-h-0 flex-1 flex-col" aria-busy="true">
      <div className="flex h-12 shrink-0 items-center gap-3 border-b border-line px-4">
        <span className="h-3 w-24 rounded bg-line" />
        <span className="h-3 w-32 rounded bg-hairline" />
      </div>
      <CanvasSkeleton />
    </div>
  );
}

/** The canvas and the drawer beside it, waiting. */
export function CanvasSkeleton() {
  return (
    <div className="flex min-h-0 flex-1" role="status">
      <span className="sr-only">Loading the graph</span>
      <div aria-hidden className="dotted-ground relative min-w-0 flex-1 animate-pulse">
        {ghosts.map(([left, top, width]) => (
          <span
            key={`${left} ${top}`}
            className="absolute h-[34px] rounded-[8px] border border-line bg-surface"
            style={{ left: `${left}%`, top: `${top}%`, width }}
          />
        ))}
      </div>
      <div
        aria-hidden
        className="flex w-[360px] shrink-0 animate-pulse flex-col gap-3 border-l border-line bg-ground p-4"
      >
        <span className="h-4 w-36 rounded bg-line" />
        <span className="mt-1 h-16 rounded-[10px] border border-line bg-surface" />
        <span className="h-32 rounded-[10px] border border-line bg-surface" />
        <span className="h-40 rounded-[10px] border border-line bg-surface" />
      </div>
    </div>
  );
}
