/** The state of the screen that people share by its address. Parse and build are each other's inverse. */

export const presets = ['15m', '1h', '6h', '24h', '7d', '30d'] as const;

export type Preset = (typeof presets)[number];

/** A stretch that moves with the clock, or a fixed one in milliseconds since the epoch. */
export type TimeRange =
  | { readonly kind: 'preset'; readonly preset: Preset }
  | { readonly kind: 'fixed'; readonly fromMs: number; readonly toMs: number };

export type Selection = { readonly kind: 'node' | 'edge'; readonly id: string };

export type ScreenState = {
  /** null: the cluster that was ingested last. */
  readonly cluster: string | null;
  readonly range: TimeRange;
  readonly selection: Selection | null;
  readonly isTableOpen: boolean;
};

const defaultRange: TimeRange = { kind: 'preset', preset: '6h' };

export const defaultState: ScreenState = {
  cluster: null,
  range: defaultRange,
  selection: null,
  isTableOpen: false,
};

/** Reads an address; what makes no sense falls back to the default, so that an old link still opens. */
export function parseScreenState(query: Pick<URLSearchParams, 'get'>): ScreenState {
  return {
    cluster: query.get('cluster') || null,
    range: parseRange(query),
    selection: parseSelection(query),
    isTableOpen: query.get('table') === 'open',
  };
}

/** Writes an address, without what is the default anyway: `''` or `?…`. */
export function buildScreenQuery({ cluster, range, selection, isTableOpen }: ScreenState): string {
  const query = new URLSearchParams();
  if (cluster !== null) query.set('cluster', cluster);
  if (range.kind === 'fixed') {
    query.set('from', writeInstant(range.fromMs));
    query.set('to', writeInstant(range.toMs));
  } else if (range.preset !== '6h') {
    query.set('last', range.preset);
  }
  if (selection !== null) query.set(selection.kind, selection.id);
  if (isTableOpen) query.set('table', 'open');
  // Colons and slashes are legal in a query and are most of what stands here: keep links readable.
  const text = query.toString().replaceAll('%3A', ':').replaceAll('%2F', '/');
  return text === '' ? '' : `?${text}`;
}

function parseRange(query: Pick<URLSearchParams, 'get'>): TimeRange {
  const fromMs = parseInstant(query.get('from'));
  const toMs = parseInstant(query.get('to'));
  if (fromMs !== null && toMs !== null && fromMs < toMs) return { kind: 'fixed', fromMs, toMs };
  const last = query.get('last');
  const preset = presets.find((known) => known === last);
  return preset ? { kind: 'preset', preset } : defaultRange;
}

function parseSelection(query: Pick<URLSearchParams, 'get'>): Selection | null {
  const edge = query.get('edge');
  if (edge) return { kind: 'edge', id: edge };
  const node = query.get('node');
  return node ? { kind: 'node', id: node } : null;
}

function parseInstant(text: string | null): number | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/.test(text)) return null;
  const parsed = Date.parse(text);
  return Number.isNaN(parsed) ? null : parsed;
}

function writeInstant(atMs: number): string {
  return new Date(atMs).toISOString().replace('.000Z', 'Z').replace(/:00Z$/, 'Z');
}
