'use client';

import { EyeOff, type LucideIcon } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { Tooltip } from '#components/ui/tooltip.tsx';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { ScreenState } from '#lib/contracts/url-state.ts';
import { quickFilters } from '#lib/graph/quick-filters.ts';
import { changeScreenState } from '../use-screen-state.ts';
import { Chip } from './chip.tsx';
import { ExpressionBox } from './expression-box.tsx';
import { PortChip } from './port-chip.tsx';
import { starters } from './starters.ts';
import { vocabularyOf } from './vocabulary.ts';

const empty = { nodes: [], edges: [] };

/** Two expressions and the usual conditions to press: what every screen of the same traffic is narrowed by. */
export function FilterFields({
  state,
  document,
  find,
  only: onlyLabel,
  conditions,
  children,
}: {
  readonly state: ScreenState;
  /** What there is to choose from: the graph before anything is hidden. */
  readonly document: GraphDocument | undefined;
  /** What the screen does with what is found. */
  readonly find: { readonly icon: LucideIcon; readonly placeholder: string };
  /** What the conditions are called to a screen reader. */
  readonly only: string;
  /** Conditions of the screen's own. */
  readonly conditions: ReactNode;
  /** What stands behind the conditions. */
  readonly children: ReactNode;
}) {
  const { only } = state;
  const vocabulary = useMemo(() => vocabularyOf(document ?? empty), [document]);
  const change = (next: Partial<ScreenState['only']>) => changeScreenState({ only: { ...only, ...next } });
  return (
    <section
      aria-label="Filters"
      className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-line bg-ground px-3 py-1.5 print:hidden"
    >
      <ExpressionBox
        label="Find"
        icon={find.icon}
        shortcut="g"
        placeholder={find.placeholder}
        applied={state.find}
        vocabulary={vocabulary}
        starters={starters.find}
        onApply={(text) => changeScreenState({ find: text })}
      />
      <ExpressionBox
        label="Hide"
        icon={EyeOff}
        shortcut="h"
        placeholder="what to leave out"
        applied={state.hide}
        vocabulary={vocabulary}
        starters={starters.hide}
        onApply={(text) => changeScreenState({ hide: text })}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame */}
      <div role="group" aria-label={onlyLabel} className="flex flex-wrap items-center gap-1.5">
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
        {conditions}
      </div>
      {children}
    </section>
  );
}
