import type { IsListening } from './orientation.ts';

export type ParserOptions = {
  /** What the inventory knows about listening ports, null where there is none. */
  readonly isListening: IsListening | null;
};
