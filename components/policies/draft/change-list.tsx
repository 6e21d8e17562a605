'use client';

import { LineMark } from '#components/graph/overlay/line-mark.tsx';
import { useShortList } from '#components/ui/short-list.tsx';
import { formatCount, formatExact } from '#lib/kit/format-number.ts';
import type { Tone } from '#lib/picture/overlay/tones.ts';
import type { ChangeKind, ChangeRow, ChangeView } from './change-view.ts';
import { ExampleList } from './example-list.tsx';

type ChangeTones = Readonly<Record<'newly-denied' | 'newly-allowed', Tone>>;

const draftTones: ChangeTones = { 'newly-denied': 'denied', 'newly-allowed': 'gained' };

const names: Readonly<Record<ChangeKind, string>> = {
  'newly-denied': 'newly denied',
  'newly-allowed': 'newly allowed',
  undecidable: 'undecidable',
  same: 'the same',
};

/** How many connections change, and on which edges, with examples; as lines of the picture show them. */
export function ChangeList({
  view,
  tones = draftTones,
  onSelectEdge,
}: {
  readonly view: ChangeView;
  readonly tones?: ChangeTones;
  readonly onSelectEdge: (id: string) => void;
}) {
  const { shown, more } = useShortList(view.rows, 20, 'edges');
  return (
    <>
      <dl className="grid grid-cols-4 gap-px overflow-hidden rounded-[10px] border border-line bg-hairline">
        {view.counts.map(({ kind, connections, flows }) => (
          <div key={kind} className="flex min-w-0 flex-col-reverse justify-end bg-surface px-2.5 py-1.5">
            <dt className="text-[11.5px] leading-snug text-muted">{names[kind]}</dt>
            <dd
              title={`${formatExact(connections)} connections, ${formatExact(flows)} flows`}
              className={`tabular text-[17px] leading-6 font-semibold ${connections === 0 || kind === 'same' ? '' : countTones[kind]}`}
            >
              {formatCount(connections)}
            </dd>
          </div>
        ))}
      </dl>
      {view.rows.length === 0 && (
        <p className="text-xs text-muted">No connection of this window would be treated otherwise.</p>
      )}
      <ul className="flex flex-col gap-1.5">
        {shown.map((row) => (
          <li key={row.edgeId}>
            <Row row={row} tones={tones} onSelect={() => onSelectEdge(row.edgeId)} />
          </li>
        ))}
      </ul>
      {more}
    </>
  );
}

const countTones = {
  'newly-denied': 'text-denied',
  'newly-allowed': 'text-accent',
  undecidable: 'text-dropped',
} as const;

function Row({
  row,
  tones,
  onSelect,
}: {
  readonly row: ChangeRow;
  readonly tones: ChangeTones;
  readonly onSelect: () => void;
}) {
  return (
    <div className="rounded-[10px] border border-line bg-surface px-3 py-2 text-xs">
      <button
        type="button"
        onClick={onSelect}
        title={`${formatExact(row.connections)} connections, ${formatExact(row.flows)} flows`}
        className="-mx-1 flex w-[calc(100%+8px)] items-center gap-2 rounded-md px-1 text-left text-[13px] hover:bg-hover"
      >
        {row.kinds.map((kind) => (
          <LineMark
            key={kind}
            tone={kind === 'newly-denied' || kind === 'newly-allowed' ? tones[kind] : 'unknown'}
            width={20}
          />
        ))}
        <span className="min-w-0 flex-1 truncate font-medium">
          {row.from} <span className="text-muted">→</span> {row.to}
        </span>
        <span className="sr-only">{row.kinds.map((kind) => names[kind]).join(' and ')}</span>
        <span className="tabular shrink-0 text-xs text-muted">{formatCount(row.connections)}</span>
      </button>
      <ExampleList examples={row.examples} />
    </div>
  );
}
