'use client';

import { Filter, X } from 'lucide-react';
import { noFilters } from '#components/graph/filter/filter-bar.tsx';
import { FilterFields } from '#components/graph/filter/filter-fields.tsx';
import { changeScreenState } from '#components/graph/use-screen-state.ts';
import { Button } from '#components/ui/button.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { ScreenState } from '#lib/contracts/url-state.ts';
import { isNarrowed } from './flows-choice.ts';

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
  return (
    <FilterFields
      state={state}
      document={document}
      find={{ icon: Filter, placeholder: 'what to list' }}
      only="List only"
      conditions={
        selected !== null && (
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
        )
      }
    >
      {isNarrowed(state) && (
        <Button
          look="bare"
          className="h-7 px-2 text-xs"
          onClick={() => changeScreenState({ ...noFilters, selection: null })}
        >
          Clear
        </Button>
      )}
    </FilterFields>
  );
}
