import { apiAddress } from '#lib/contracts/api-address.ts';
import { depthTextsOf, type ScreenState } from '#lib/contracts/url-state.ts';
import { onlyExpression } from '#lib/graph/quick-filters.ts';

/** What the screen asks for first. A filtered graph it asks for itself, once it knows that the filter can be read. */
export function snapshotAddresses(id: string, state: ScreenState): readonly string[] {
  const size = state.isWhole ? 'whole' : 'readable';
  const graph = apiAddress('/snapshot/graph', { id, ...depthTextsOf(state), size });
  const isFiltered = state.hide !== '' || onlyExpression(state.only) !== '';
  return [apiAddress('/snapshot', { id }), ...(isFiltered ? [] : [graph])];
}
