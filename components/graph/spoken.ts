import { plural } from '#lib/kit/format-number.ts';
import { kindName } from '#lib/picture/node-names.ts';
import type { NodeView } from '#lib/picture/view.ts';

/** A node in one sentence, for a screen reader. */
export function spokenNode({ name, kind, clients, servers, deniedHere, canOpen, isOpen }: NodeView): string {
  const denied = deniedHere > 0 ? `, ${plural(deniedHere, 'flow')} denied here` : '';
  return `${name}, ${kindName(kind)}, reached by ${plural(clients, 'client')}, reaches ${plural(servers, 'server')}${denied}${isOpen ? ', open' : canOpen ? ', closed' : ''}`;
}
