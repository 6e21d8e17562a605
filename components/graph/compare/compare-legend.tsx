import { edgeChanges } from '#lib/contracts/compare.ts';
import { changeNames } from '#lib/picture/change-signs.ts';
import { countChanges, type ShownGraph } from '#lib/picture/compared-graph.ts';
import { ChangeMark } from './change-mark.tsx';

/** What the signs on the lines mean, how many edges have them, and which window they speak of. */
export function CompareLegend({
  graph,
  baseText,
}: {
  readonly graph: ShownGraph;
  readonly baseText: string;
}) {
  const counts = countChanges(graph);
  return (
    <section
      aria-label="Changes"
      className="pointer-events-none absolute top-3.5 left-3.5 z-10 flex h-[38px] max-w-[calc(100%-28px)] items-center gap-3.5 rounded-[10px] border border-line bg-surface px-3.5 text-xs whitespace-nowrap text-muted shadow-float"
    >
      <span className="font-semibold text-text">Change</span>
      {edgeChanges.map((change) => (
        <span key={change} className="flex items-center gap-1.5">
          <ChangeMark change={change} />
          <span className="tabular font-medium text-text">{counts[change]}</span>
          {changeNames[change]}
        </span>
      ))}
      <span aria-hidden className="-mx-1 h-4 w-px bg-line" />
      <span className="tabular truncate">since {baseText}</span>
    </section>
  );
}
