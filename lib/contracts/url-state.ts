import { type Level, levelSchema } from './graph.ts';
import { type GroupRef, isGroupRef } from './group-ref.ts';
import { type LayerRef, parseLayerRefs } from './layer-ref.ts';

/** The id of a saved view: 96 random bits, base64url. */
const viewIdPattern = /^[\w-]{16}$/;

/** The id of a share link: 128 random bits, base64url. */
export const linkIdPattern = /^[\w-]{22}$/;

/** The state of the screen that people share by its address. Parse and build are each other's inverse. */

export const presets = ['15m', '1h', '6h', '24h', '7d', '30d'] as const;

export type Preset = (typeof presets)[number];

/** A stretch that moves with the clock, or a fixed one in milliseconds since the epoch. */
export type TimeRange =
  | { readonly kind: 'preset'; readonly preset: Preset }
  | { readonly kind: 'fixed'; readonly fromMs: number; readonly toMs: number };

export type Selection = { readonly kind: 'node' | 'edge'; readonly id: string };

/** What alone is drawn: each is one more condition. */
export type QuickFilters = {
  readonly denied: boolean;
  readonly external: boolean;
  readonly crossNamespace: boolean;
  /** Only what touches the selection. */
  readonly related: boolean;
  /** Server ports, in ascending order; empty is all. */
  readonly ports: readonly number[];
};

/** How the picture is arranged. */
export const layoutNames = ['layered', 'grouped', 'concentric', 'manual'] as const;

export type LayoutChoice = (typeof layoutNames)[number];

/** What a window is compared with: the one before it, the same a day or a week ago, or any other. */
export type CompareWith =
  | { readonly kind: 'previous' | 'day' | 'week' }
  | { readonly kind: 'fixed'; readonly fromMs: number; readonly toMs: number };

export const replaySpeeds = [1, 2, 4, 8] as const;

/** A window that is played from slot to slot; it stands still at `atMs`, or at its beginning. */
export type Replay = { readonly speed: (typeof replaySpeeds)[number]; readonly atMs: number | null };

export type ScreenState = {
  /** null: the cluster that was ingested last. */
  readonly cluster: string | null;
  readonly range: TimeRange;
  /** null: nothing is compared. */
  readonly compare: CompareWith | null;
  /** True where the picture follows what comes in; with a moving range alone. */
  readonly isLive: boolean;
  /** null: the window is shown whole. */
  readonly replay: Replay | null;
  /** What a node is, before any is opened. */
  readonly level: Level;
  /** Ids of nodes that are open, in the order in which they were opened. */
  readonly expanded: readonly string[];
  /** Groups of namespaces that are one node. */
  readonly layers: readonly LayerRef[];
  /** What namespaces are grouped by; null: as the server sees fit, `none`: never. */
  readonly group: GroupRef | 'none' | null;
  readonly selection: Selection | null;
  readonly isTableOpen: boolean;
  /** Filter expressions, '' for none: what is highlighted, and what is left out. */
  readonly find: string;
  readonly hide: string;
  readonly only: QuickFilters;
  /** True where what is left out stays in the picture, faint. */
  readonly isFaded: boolean;
  readonly layout: LayoutChoice;
  /** True where a picture that is too large is drawn all the same. */
  readonly isWhole: boolean;
  /** How the graph is coloured: a name, or with what it is about, as in `draft:<id>`; '' for the verdicts. */
  readonly overlay: string;
  readonly isDrawerOpen: boolean;
  /** How the table is ordered; null: what was denied most first. */
  readonly sort: TableSort | null;
  /** The share link that one came by; null: by none. */
  readonly via: string | null;
  /** The saved view that it began with; null: with none. */
  readonly view: string | null;
};

export const sortKeys = [
  'from',
  'to',
  'ports',
  'detail',
  'connections',
  'flows',
  'bytes',
  'denied',
  'dropped',
  'lastSeenAtMs',
  'change',
] as const;

export type SortKey = (typeof sortKeys)[number];

export type TableSort = { readonly key: SortKey; readonly isDescending: boolean };

const defaultRange: TimeRange = { kind: 'preset', preset: '6h' };

export const noQuickFilters: QuickFilters = {
  denied: false,
  external: false,
  crossNamespace: false,
  related: false,
  ports: [],
};

export const defaultState: ScreenState = {
  cluster: null,
  range: defaultRange,
  compare: null,
  isLive: false,
  replay: null,
  level: 'namespace',
  expanded: [],
  layers: [],
  group: null,
  selection: null,
  isTableOpen: false,
  find: '',
  hide: '',
  only: noQuickFilters,
  isFaded: false,
  layout: 'layered',
  isWhole: false,
  overlay: '',
  isDrawerOpen: true,
  sort: null,
  via: null,
  view: null,
};

/** How far down the graph goes, as the API is asked for it. */
export function depthTextsOf({
  level,
  expanded,
  layers,
  group,
}: Pick<ScreenState, 'level' | 'expanded' | 'layers' | 'group'>) {
  return { level, expand: expanded, layer: layers, ...(group === null ? {} : { group }) } as const;
}

/**
 * The view that an address with nothing else names, `default` for that of one's team where it is empty; null: it
 * says more, or names what is no view.
 */
export function bareView(params: URLSearchParams): string | null {
  if (params.size === 0) return 'default';
  const view = params.get('view');
  return params.size === 1 && view !== null && viewIdPattern.test(view) ? view : null;
}

type Query = Pick<URLSearchParams, 'get' | 'getAll'>;

/** Reads an address; what makes no sense falls back to the default, so that an old link still opens. */
export function parseScreenState(query: Query): ScreenState {
  return {
    cluster: query.get('cluster') || null,
    range: parseRange(query, defaultRange),
    compare: parseCompare(query.get('compare')),
    isLive: query.get('live') === 'on',
    replay: parseReplay(query),
    level: levelSchema.catch('namespace').parse(query.get('level')),
    expanded: [...new Set(query.getAll('expand').filter((id) => id !== ''))],
    layers: parseLayerRefs(query.getAll('layer')),
    group: parseGroup(query.get('group')),
    selection: parseSelection(query),
    isTableOpen: query.get('table') === 'open',
    find: query.get('find') ?? '',
    hide: query.get('hide') ?? '',
    only: parseOnly(query.get('only')),
    isFaded: query.get('hidden') === 'faded',
    layout: layoutNames.find((name) => name === query.get('layout')) ?? 'layered',
    isWhole: query.get('size') === 'whole',
    overlay: query.get('overlay') ?? '',
    isDrawerOpen: query.get('drawer') !== 'closed',
    sort: parseSort(query.get('sort')),
    via: parseVia(query.get('via')),
    view: parseView(query.get('view')),
  };
}

/** Writes an address, without what is the default anyway: `''` or `?…`. */
export function buildScreenQuery(state: ScreenState): string {
  const { cluster, range, compare, isLive, replay, level, expanded, layers, group, selection } = state;
  const { isTableOpen, find, hide, only, isFaded, layout, isWhole, overlay } = state;
  const { isDrawerOpen, sort, via, view } = state;
  const query = new URLSearchParams();
  if (cluster !== null) query.set('cluster', cluster);
  writeRange(query, range, defaultRange);
  if (compare !== null) query.set('compare', writeCompare(compare));
  if (isLive) query.set('live', 'on');
  if (replay !== null) {
    query.set('replay', `${replay.speed}x`);
    if (replay.atMs !== null) query.set('at', writeInstant(replay.atMs));
  }
  if (level !== 'namespace') query.set('level', level);
  for (const id of expanded) query.append('expand', id);
  for (const layer of layers) query.append('layer', layer);
  if (group !== null) query.set('group', group);
  if (selection !== null) query.set(selection.kind, selection.id);
  if (isTableOpen) query.set('table', 'open');
  if (find !== '') query.set('find', find);
  if (hide !== '') query.set('hide', hide);
  const quick = writeOnly(only);
  if (quick !== '') query.set('only', quick);
  if (isFaded) query.set('hidden', 'faded');
  if (layout !== 'layered') query.set('layout', layout);
  if (isWhole) query.set('size', 'whole');
  if (overlay !== '') query.set('overlay', overlay);
  if (!isDrawerOpen) query.set('drawer', 'closed');
  if (sort !== null) query.set('sort', `${sort.isDescending ? '-' : ''}${sort.key}`);
  if (via !== null) query.set('via', via);
  if (view !== null) query.set('view', view);
  return readableQuery(query);
}

/** `''` or `?…`. Colons, slashes and commas are legal in a query and most of what stands here: links stay readable. */
export function readableQuery(query: URLSearchParams): string {
  const text = query.toString().replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

const onlyWords = [
  ['denied', 'denied'],
  ['external', 'external'],
  ['crossNamespace', 'cross-namespace'],
  ['related', 'related'],
] as const;

function parseOnly(text: string | null): QuickFilters {
  const words = (text ?? '').split(',');
  const ports = words.flatMap((word) => {
    const number = /^port:(\d{1,5})$/.exec(word)?.[1];
    return number !== undefined && isPort(Number(number)) ? [Number(number)] : [];
  });
  const flags = onlyWords.map(([key, word]) => [key, words.includes(word)]);
  return {
    ...noQuickFilters,
    ...Object.fromEntries(flags),
    ports: [...new Set(ports)].toSorted((a, b) => a - b),
  };
}

function writeOnly(only: QuickFilters): string {
  const flags = onlyWords.flatMap(([key, word]) => (only[key] ? [word] : []));
  return [...flags, ...only.ports.map((port) => `port:${port}`)].join(',');
}

export function isPort(number: number): boolean {
  return Number.isInteger(number) && number >= 0 && number <= 65_535;
}

/** The stretch of time of an address; `fallback` where it names none. */
export function parseRange(query: Pick<URLSearchParams, 'get'>, fallback: TimeRange): TimeRange {
  const fromMs = parseInstant(query.get('from'));
  const toMs = parseInstant(query.get('to'));
  if (fromMs !== null && toMs !== null && fromMs < toMs) return { kind: 'fixed', fromMs, toMs };
  const last = query.get('last');
  const preset = presets.find((known) => known === last);
  return preset ? { kind: 'preset', preset } : fallback;
}

/** Writes a stretch of time that is not the fallback. */
export function writeRange(query: URLSearchParams, range: TimeRange, fallback: TimeRange): void {
  if (range.kind === 'fixed') {
    query.set('from', writeInstant(range.fromMs));
    query.set('to', writeInstant(range.toMs));
  } else if (fallback.kind === 'fixed' || range.preset !== fallback.preset) {
    query.set('last', range.preset);
  }
}

function parseCompare(text: string | null): CompareWith | null {
  const kind = (['previous', 'day', 'week'] as const).find((known) => known === text);
  if (kind) return { kind };
  const [fromMs = null, toMs = null] = (text ?? '').split('/').map(parseInstant);
  return fromMs !== null && toMs !== null && fromMs < toMs ? { kind: 'fixed', fromMs, toMs } : null;
}

function writeCompare(compare: CompareWith): string {
  if (compare.kind !== 'fixed') return compare.kind;
  return `${writeInstant(compare.fromMs)}/${writeInstant(compare.toMs)}`;
}

function parseReplay(query: Pick<URLSearchParams, 'get'>): Replay | null {
  const speed = replaySpeeds.find((known) => `${known}x` === query.get('replay'));
  return speed === undefined ? null : { speed, atMs: parseInstant(query.get('at')) };
}

function parseSelection(query: Query): Selection | null {
  const edge = query.get('edge');
  if (edge) return { kind: 'edge', id: edge };
  const node = query.get('node');
  return node ? { kind: 'node', id: node } : null;
}

function parseGroup(text: string | null): ScreenState['group'] {
  return text !== null && (text === 'none' || isGroupRef(text)) ? text : null;
}

function parseSort(text: string | null): TableSort | null {
  const [, minus, word] = /^(-?)(\w+)$/.exec(text ?? '') ?? [];
  const key = sortKeys.find((known) => known === word);
  return key === undefined ? null : { key, isDescending: minus === '-' };
}

/** The link that an address came by; null for what is no id of one. */
export function parseVia(text: string | null): string | null {
  return text !== null && linkIdPattern.test(text) ? text : null;
}

function parseView(text: string | null): string | null {
  return text !== null && viewIdPattern.test(text) ? text : null;
}

/** An instant of an address, as `2026-03-14T03:00Z`, to the millisecond; null for what is none. */
export function parseInstant(text: string | null): number | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/.test(text)) return null;
  const parsed = Date.parse(text);
  return Number.isNaN(parsed) ? null : parsed;
}

/** As short as it can be said. */
export function writeInstant(atMs: number): string {
  return new Date(atMs).toISOString().replace('.000Z', 'Z').replace(/:00Z$/, 'Z');
}
