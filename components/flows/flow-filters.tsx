'use client';

import { EyeOff, Filter, X } from 'lucide-react';
import { useMemo } from 'react';
import { Chip } from '#components/graph/filter/chip.tsx';
import { ExpressionBox } from '#components/graph/filter/expression-box.tsx';
import { noFilters } from '#components/graph/filter/filter-bar.tsx';
import { PortChip } from '#components/graph/filter/port-chip.tsx';
import { quickFilters, starters } from '#components/graph/filter/quick-filters.ts';
import { vocabularyOf } from '#components/graph/filter/vocabulary.ts';
import { changeScreenState } from '#components/graph/use-screen-state.ts';
import { Button } from '#components/ui/button.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { ScreenState } from '#lib/contracts/url-state.ts';
import { isNarrowed } from './flows-choice.ts';

const empty = { nodes: [], edges: [] };

/** Which flows are listed: the boxes and conditions of the graph, and what was selected there. */
export function FlowFilters({
  state,
  document,
  selected,
}: {
  readonly state: ScreenState;
  /** What there is to choose from. */
  readonly document: GraphDocument | undefined;
  /** The selected node or edge by its name; null where there is none. */
  readonly selected: string | null;
}) {
  const { find, hide, only } = state;
  const vocabulary = useMemo(() => vocabularyOf(document ?? empty), [document]);
  const change = (next: Partial<ScreenState['only']>) => changeScreenState({ only: { ...only, ...next } });
  return (
    <section
      aria-label="Filters"
      className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-line bg-ground px-3 py-1.5"
    >
      <ExpressionBox
        label="Find"
        icon={Filter}
        shortcut="g"
        placeholder="what to list"
        applied={find}
        vocabulary={vocabulary}
        starters={starters.find}
        onApply={(text) => changeScreenState({ find: text })}
      />
      <ExpressionBox
        label="Hide"
        icon={EyeOff}
        shortcut="h"
        placeholder="what to leave out"
        applied={hide}
        vocabulary={vocabulary}
        starters={starters.hide}
        onApply={(text) => changeScreenState({ hide: text })}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame */}
      <div role="group" aria-label="List only" className="flex flex-wrap items-center gap-1.5">
        <span aria-hidden className="mr-0.5 text-xs text-muted">
          Only
        </span>
        {quickFilters.map(({ key, name, about }) => (
          <Tooltip key={key} text={about}>
            <Chip isOn={only[key]} aria-pressed={only[key]} onClick={() => change({ [key]: !only[key] })}>
              {name}
            </Chip>
          </Tooltip>
        ))}
        <PortChip ports={only.ports} onChange={(ports) => change({ ports })} />
        {selected !== null && (
          <Tooltip text="List the flows of everything again">
            <button
              type="button"
              aria-label={`Only of ${selected}: list all again`}
              onClick={() => changeScreenState({ selection: null })}
              className="flex h-7 max-w-72 items-center gap-1 rounded-full border border-accent/60 bg-accent-soft pr-1.5 pl-2.5 text-xs font-medium"
            >
              <span className="truncate">{selected}</span>
              <X aria-hidden className="size-3.5 shrink-0 text-muted" />
            </button>
          </Tooltip>
        )}
      </div>
      {isNarrowed(state) && (
        <Button
          look="bare"
          className="h-7 px-2 text-xs"
          onClick={() => changeScreenState({ ...noFilters, selection: null })}
        >
          Clear
        </Button>
      )}
    </section>
  );
}
