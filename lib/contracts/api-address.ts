import type { LayoutChoice } from './url-state.ts';

/** Addresses of the API, as the browser asks for them, and the server ahead of it. */

type ApiQuery = Readonly<Record<string, string | readonly string[]>>;

/** A parameter with several values is given several times. */
export function pairsOf(query: ApiQuery): string[][] {
  return Object.entries(query).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one) => [name, one]),
  );
}

export function apiAddress(path: string, query: ApiQuery = {}): string {
  const search = new URLSearchParams(pairsOf(query)).toString();
  return `/api/v1${path}${search === '' ? '' : `?${search}`}`;
}

/** What `/graph` is asked for one cluster: `span` and `texts` as the API takes them. */
export function graphQueryOf(
  cluster: string,
  span: { readonly from: string; readonly to: string },
  texts: ApiQuery,
  size: 'readable' | 'whole',
): ApiQuery {
  return { level: 'namespace', cluster, ...span, ...texts, size };
}

/** What `/positions` is asked for the picture of a cluster. */
export function positionsQueryOf({
  cluster,
  layout,
}: {
  readonly cluster: string;
  readonly layout: LayoutChoice;
}): ApiQuery {
  return { cluster, layout };
}
