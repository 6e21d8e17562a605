import { parseRange, readableQuery, type TimeRange, writeRange } from './url-state.ts';

/** The state of the page of a team or a namespace that people share by its address. Parse and build are inverse. */
export type HomeState = {
  /** null: of the team's clusters the one that was ingested last. */
  readonly cluster: string | null;
  /** What is shown, and compared with the same length of time before: by default a day with yesterday. */
  readonly range: TimeRange;
};

const defaultRange: TimeRange = { kind: 'preset', preset: '24h' };

export function parseHomeState(query: Pick<URLSearchParams, 'get'>): HomeState {
  return { cluster: query.get('cluster') || null, range: parseRange(query, defaultRange) };
}

/** `''` or `?…`, without what is the default anyway. */
export function buildHomeQuery({ cluster, range }: HomeState): string {
  const query = new URLSearchParams();
  if (cluster !== null) query.set('cluster', cluster);
  writeRange(query, range, defaultRange);
  return readableQuery(query);
}
