import type { LayoutChoice } from './url-state.ts';

/** Addresses of the API, as the browser asks for them, and the server ahead of it. */

type ApiQuery = Readonly<Record<string, string | readonly string[]>>;

/** A parameter with several values is given several times. */
function pairsOf(query: ApiQuery): string[][] {
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

/** Which picture: that of a cluster, arranged in one way. */
export type PictureName = { readonly cluster: string; readonly layout: LayoutChoice };

/** The same as it came by a share link, or began with a saved view; null: by none. */
export type ShownPicture = PictureName & { readonly via: string | null; readonly view: string | null };

/** What `/positions` is asked for a picture of one's own. */
export function positionsQueryOf({ cluster, layout }: PictureName): ApiQuery {
  return { cluster, layout };
}

/** The same for a picture that somebody else has arranged. */
export function shownPositionsQueryOf({ via, view, ...picture }: ShownPicture): ApiQuery {
  const own = positionsQueryOf(picture);
  if (via !== null) return { ...own, link: via };
  return view === null ? own : { ...own, view };
}
