'use client';

import { EyeOff, Highlighter } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { noQuickFilters, type ScreenState } from '#lib/contracts/url-state.ts';
import { changeScreenState } from '../use-screen-state.ts';
import { Chip } from './chip.tsx';
import { ExpressionBox } from './expression-box.tsx';
import { PortChip } from './port-chip.tsx';
import { quickFilters, starters } from './quick-filters.ts';
import { vocabularyOf } from './vocabulary.ts';

type FilterBarProps = {
  readonly state: ScreenState;
  /** What there is to choose from: the graph before anything is hidden. */
  readonly document: GraphDocument | undefined;
};

const empty = { nodes: [], edges: [] };

/** What is looked for and what is left out: two expressions, and the usual conditions to press. */
export function FilterBar({ state, document }: FilterBarProps) {
  const { find, hide, only, isFaded, selection } = state;
  const vocabulary = useMemo(() => vocabularyOf(document ?? empty), [document]);
  const change = (next: Partial<ScreenState['only']>) => changeScreenState({ only: { ...only, ...next } });
  return (
    <section
      aria-label="Filters"
      className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-line bg-ground px-3 py-1.5"
    >
      <ExpressionBox
        label="Find"
        icon={Highlighter}
        shortcut="g"
        placeholder="what to highlight"
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
      <div role="group" aria-label="Show only" className="flex flex-wrap items-center gap-1.5">
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
        <Tooltip text="Only what touches the selection">
          <Chip
            isOn={only.related}
            aria-pressed={only.related}
            disabled={selection === null && !only.related}
            onClick={() => change({ related: !only.related })}
          >
            Related
          </Chip>
        </Tooltip>
      </div>
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
    </section>
  );
}

/** The screen without any filter. */
export const noFilters = { find: '', hide: '', only: noQuickFilters, isFaded: false } as const;

function isFiltered({ find, hide, only, isFaded }: ScreenState): boolean {
  const { ports, ...flags } = only;
  return find !== '' || hide !== '' || isFaded || ports.length > 0 || Object.values(flags).some(Boolean);
}
