import type { FlowsChoice } from '#lib/client/flow-queries.ts';
import type { DepthTexts, Span } from '#lib/client/queries.ts';
import type { ScreenState } from '#lib/contracts/url-state.ts';
import { parseFilter } from '#lib/filter/filter.ts';
import { bothOf, onlyExpression } from '#lib/graph/quick-filters.ts';

/** What the address of the page asks the API for; a text that is no filter filters nothing. */
export function flowsChoice(
  { find, hide, only, selection }: Pick<ScreenState, 'find' | 'hide' | 'only' | 'selection'>,
  cluster: string,
  span: Span,
  depth: DepthTexts,
): FlowsChoice {
  const filter = bothOf(onlyExpression(only), usable(find));
  const hidden = usable(hide);
  return {
    ...span,
    ...depth,
    cluster,
    ...(filter === '' ? {} : { filter }),
    ...(hidden === '' ? {} : { hide: hidden }),
    ...(selection === null ? {} : { [selection.kind]: selection.id }),
  };
}

function usable(text: string): string {
  return parseFilter(text).ok ? text.trim() : '';
}

/** Whether less than all flows of the window is listed. */
export function isNarrowed({
  find,
  hide,
  only,
  selection,
}: Pick<ScreenState, 'find' | 'hide' | 'only' | 'selection'>): boolean {
  const { ports, denied, external, crossNamespace } = only;
  return [
    find !== '',
    hide !== '',
    selection !== null,
    ports.length > 0,
    denied,
    external,
    crossNamespace,
  ].some(Boolean);
}
