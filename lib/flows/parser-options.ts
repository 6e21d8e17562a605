import type { EndpointIdentity } from './endpoint.ts';
import type { IsListening } from './orientation.ts';

/** Answers from the inventory: who had this address at that time (UTC milliseconds)? null for nobody known. */
export type EndpointOfAddress = (address: string, atMs: number) => EndpointIdentity | null;

export type ParserOptions = {
  /** What the inventory knows about listening ports, null where there is none. */
  readonly isListening: IsListening | null;
  /** What the inventory knows about addresses, for formats that know nothing else; null where there is none. */
  readonly endpointOfAddress: EndpointOfAddress | null;
};

/** Formats are read without an inventory where there is none. */
export const withoutInventory: ParserOptions = { isListening: null, endpointOfAddress: null };
