'use client';

import type { NodeView } from '#lib/picture/view.ts';
import { nextToClose, selectionAfterClosing, withClosed, withOpened } from './open-nodes.ts';
import { changeScreenState, currentScreenState } from './use-screen-state.ts';

export type OpenNodes = {
  /** Opens a node, or closes it where it is open; false where it has nothing inside. */
  readonly toggle: (nodeId: string) => boolean;
  /** Closes the frame around the selection, else what was opened last; false where nothing is open. */
  readonly closeOne: () => boolean;
};

/** Opens and closes nodes of the picture; the address holds which are open. */
export function openNodes(nodes: readonly NodeView[]): OpenNodes {
  const close = (id: string) => {
    const { expanded, selection } = currentScreenState();
    changeScreenState({
      expanded: withClosed(expanded, id, nodes),
      selection: selectionAfterClosing(selection, id, nodes),
    });
    return true;
  };
  return {
    toggle: (nodeId) => {
      const { expanded } = currentScreenState();
      const node = nodes.find((one) => one.nodeId === nodeId);
      // At the level of ports all workloads are open, and nobody opened them.
      if (node?.isOpen) return expanded.includes(nodeId) && close(nodeId);
      if (!node?.canOpen) return false;
      changeScreenState({ expanded: withOpened(expanded, nodeId) });
      return true;
    },
    closeOne: () => {
      const { expanded, selection } = currentScreenState();
      const id = nextToClose(expanded, selection, nodes);
      return id !== null && expanded.includes(id) && close(id);
    },
  };
}
