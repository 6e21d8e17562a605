import { type Field, wordAt } from '../field.ts';
import type { Protocol } from '../model.ts';

const protocols = ['TCP', 'UDP', 'SCTP'] as const;

/** The protocol of a port: TCP where it says nothing. */
export function protocolAt(port: Field): Protocol {
  return wordAt(port, 'protocol', protocols) ?? 'TCP';
}
