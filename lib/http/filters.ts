import { type Filter, parseFilter } from '#lib/filter/filter.ts';
import { expectations } from '#lib/filter/misread.ts';
import type { Filters } from '#lib/graph/filter-traffic.ts';
import { err, ok, type Result } from '#lib/kit/result.ts';
import type { Problem } from './problem.ts';

type Given = { readonly filter?: string | undefined; readonly hide?: string | undefined };

/** The two filters of a question, or the place where one goes wrong. */
export function parseFilters({ filter, hide }: Given): Result<Filters, Problem> {
  const hidden = parse('hide', hide);
  if (!hidden.ok) return hidden;
  const shown = parse('filter', filter);
  if (!shown.ok) return shown;
  return ok({ hide: hidden.value, show: shown.value });
}

function parse(field: keyof Given, text = ''): Result<Filter | null, Problem> {
  const parsed = parseFilter(text);
  if (parsed.ok) return parsed;
  const { at, message, wanted } = parsed.error;
  return err({
    status: 400,
    code: 'bad-filter',
    title: 'Wrong filter',
    detail: `${field}, at ${at}: ${message}`,
    field,
    position: at,
    expected: expectations(wanted),
  });
}
