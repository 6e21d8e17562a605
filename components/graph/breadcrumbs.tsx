'use client';

import { X } from 'lucide-react';
import { Tooltip } from '#components/ui/tooltip.tsx';
import type { ScreenState, Selection } from '#lib/contracts/url-state.ts';
import { kindName } from '#lib/picture/node-names.ts';
import type { NodeView } from '#lib/picture/view.ts';
import { LevelMenu } from './level-menu.tsx';
import { pathTo, selectionAfterClosing, withClosed } from './open-nodes.ts';
import { changeScreenState } from './use-screen-state.ts';

/** Where one is: the level of the graph, and the open nodes on the way in. */
export function Breadcrumbs({
  state,
  nodes,
  onSelect,
}: {
  readonly state: ScreenState;
  readonly nodes: readonly NodeView[];
  readonly onSelect: (selection: Selection) => void;
}) {
  const { level, layers, group, expanded, selection } = state;
  const path = pathTo(expanded, selection, nodes);
  const openCount = nodes.filter(({ isOpen }) => isOpen).length;
  const elsewhere = openCount - path.length;
  return (
    <nav aria-label="Breadcrumbs" className="flex min-w-0 items-center">
      <Slash />
      <LevelMenu
        level={level}
        layers={layers}
        group={group}
        openCount={openCount}
        onChange={(change) => changeScreenState({ ...change, selection: null })}
      />
      <ol className="flex min-w-0 items-center">
        {path.map((node) => (
          <li key={node.nodeId} className="flex min-w-0 items-center">
            <Slash />
            <button
              type="button"
              title={`${kindName(node.kind)} ${node.name}`}
              onClick={() => onSelect({ kind: 'node', id: node.nodeId })}
              className="h-8 max-w-40 min-w-0 truncate rounded-[7px] px-2 text-[13px] font-semibold hover:bg-hover"
            >
              {node.name}
            </button>
            <Tooltip text={`Close ${node.name}`} keys="⌫">
              <button
                type="button"
                aria-label={`Close ${node.name}`}
                onClick={() =>
                  changeScreenState({
                    expanded: withClosed(expanded, node.nodeId, nodes),
                    selection: selectionAfterClosing(selection, node.nodeId, nodes),
                  })
                }
                className="flex size-6 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text"
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </Tooltip>
          </li>
        ))}
      </ol>
      {elsewhere > 0 && (
        <span className="ml-1.5 text-xs whitespace-nowrap text-muted">+{elsewhere} open</span>
      )}
    </nav>
  );
}

function Slash() {
  return (
    <span aria-hidden className="shrink-0 text-faint">
      /
    </span>
  );
}
