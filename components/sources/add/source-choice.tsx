import { Boxes, FileText, Forward, Hexagon, Network, Waypoints } from 'lucide-react';
import { type SetupKind, setups } from '#lib/contracts/source-setup.ts';

const icons = {
  hubble: Hexagon,
  calico: Boxes,
  netobserv: Network,
  'fluent-bit': Forward,
  vector: Waypoints,
  file: FileText,
} as const;

/** What there is to connect. */
export function SourceChoice({
  chosen,
  onChoose,
}: {
  readonly chosen: SetupKind | null;
  readonly onChoose: (kind: SetupKind) => void;
}) {
  return (
    <section aria-labelledby="choice-heading">
      <h2 id="choice-heading" className="mb-2 text-[15px] font-semibold tracking-[-0.01em]">
        Where do the flows come from?
      </h2>
      <div className="grid grid-cols-2 gap-2.5 md:grid-cols-3">
        {setups.map(({ kind, name, about }) => {
          const Icon = icons[kind];
          return (
            <button
              key={kind}
              type="button"
              aria-pressed={chosen === kind}
              onClick={() => onChoose(kind)}
              className="flex items-start gap-3 rounded-[10px] border border-line bg-surface p-3 text-left hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft"
            >
              <span className="flex size-8 shrink-0 items-center justify-center rounded-[8px] bg-accent-soft text-accent">
                <Icon aria-hidden className="size-[17px]" />
              </span>
              <span className="min-w-0">
                <span className="block font-semibold">{name}</span>
                <span className="block text-xs text-muted">{about}</span>
              </span>
            </button>
          );
        })}
      </div>
    </section>
  );
}
