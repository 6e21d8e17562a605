import type { Command } from 'commander';
import type { Filters } from '#lib/graph/filter-traffic.ts';
import { parseInstant, type Span } from '#lib/kit/window.ts';
import { usageError } from './exit.ts';
import { readFilter } from './filter-option.ts';

export type WindowOptions = { readonly from: string; readonly to: string };
export type FilterOptions = { readonly filter?: string; readonly hide?: string };

/** Lets a command say which window it is about. */
export function withWindow(command: Command): Command {
  return command
    .requiredOption('--from <time>', 'start of the window: 2026-11-23T10:00:00Z, 2026-11-23, -6h')
    .requiredOption('--to <time>', 'end of the window, not included: a time, or now');
}

/** The window of the options, read against the clock. */
export function windowOf({ from: fromText, to: toText }: WindowOptions): Span {
  const nowMs = Date.now();
  const from = parseInstant(fromText, nowMs);
  if (!from.ok) throw usageError(`--from: ${from.error}`);
  const to = parseInstant(toText, nowMs);
  if (!to.ok) throw usageError(`--to: ${to.error}`);
  if (to.value <= from.value)
    throw usageError('--to: the window must end after it starts; swap --from and --to');
  return { fromMs: from.value, toMs: to.value };
}

/** What to leave out and what to keep. */
export function filtersOf({ filter, hide }: FilterOptions): Filters {
  return { hide: readFilter('--hide', hide), show: readFilter('--filter', filter) };
}
