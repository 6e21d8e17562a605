'use client';

import { Highlighter } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { noQuickFilters, type ScreenState } from '#lib/contracts/url-state.ts';
import { changeScreenState } from '../use-screen-state.ts';
import { Chip } from './chip.tsx';
import { FilterFields } from './filter-fields.tsx';

type FilterBarProps = {
  readonly state: ScreenState;
  /** What there is to choose from: the graph before anything is hidden. */
  readonly document: GraphDocument | undefined;
};

/** What is looked for and what is left out: two expressions, and the usual conditions to press. */
export function FilterBar({ state, document }: FilterBarProps) {
  const { only, isFaded, selection } = state;
  return (
    <FilterFields
      state={state}
      document={document}
      find={{ icon: Highlighter, placeholder: 'what to highlight' }}
      only="Show only"
      conditions={
        <Tooltip text="Only what touches the selection">
          <Chip
            isOn={only.related}
            aria-pressed={only.related}
            disabled={selection === null && !only.related}
            onClick={() => changeScreenState({ only: { ...only, related: !only.related } })}
          >
            Related
          </Chip>
        </Tooltip>
      }
    >
      <Tooltip text="Keep what is hidden in the picture, faint, so that nothing moves">
        <Chip isOn={isFaded} aria-pressed={isFaded} onClick={() => changeScreenState({ isFaded: !isFaded })}>
          Dim hidden
        </Chip>
      </Tooltip>
      {isFiltered(state) && (
        <Button look="bare" className="h-7 px-2 text-xs" onClick={() => changeScreenState(noFilters)}>
          Clear
        </Button>
      )}
    </FilterFields>
  );
}

/** The screen without any filter. */
export const noFilters = { find: '', hide: '', only: noQuickFilters, isFaded: false } as const;

function isFiltered({ find, hide, only, isFaded }: ScreenState): boolean {
  const { ports, ...flags } = only;
  return find !== '' || hide !== '' || isFaded || ports.length > 0 || Object.values(flags).some(Boolean);
}
