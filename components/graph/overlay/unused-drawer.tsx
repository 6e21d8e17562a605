'use client';

import type { UnusedPair } from '#lib/contracts/overlay.ts';
import { Drawer } from '../drawer/drawer.tsx';
import { Card } from '../drawer/drawer-parts.tsx';

/** What stands behind a dotted line: who may talk and did not, and which policies allow it. */
export function UnusedDrawer({
  pairs,
  windowText,
  onClose,
}: {
  readonly pairs: readonly UnusedPair[];
  readonly windowText: string;
  readonly onClose: () => void;
}) {
  return (
    <Drawer
      title="Allowed and never seen"
      subtitle={`In ${windowText}`}
      closeLabel="Clear the selection"
      onClose={onClose}
    >
      {pairs.map(({ from, to, connections, allowedBy }) => (
        <Card key={`${from} ${to} ${connections}`} title={`${from} → ${to}`}>
          <p className="font-mono text-[11.5px]">{connections}</p>
          <ul className="mt-1 text-xs text-muted">
            {allowedBy.map((policy) => (
              <li key={policy}>{policy}</li>
            ))}
          </ul>
        </Card>
      ))}
    </Drawer>
  );
}
