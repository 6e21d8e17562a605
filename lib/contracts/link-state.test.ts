import { describe, expect, it } from 'vitest';
import { linkAddress, linkStateOf, linkTarget, readLinkState } from './link-state.ts';
import { parsePoliciesState } from './policies-url.ts';
import { parseScreenState } from './url-state.ts';

/**
 * Links as they were stored by every version there was, with what they meant then. Where one of these fails, links
 * that people have do: add a version to link-state.ts that reads the old state, and leave the old line here.
 */
const stored = [
  {
    state: {
      v: 1,
      page: 'graph',
      query:
        '?cluster=prod&from=2026-03-14T03:00Z&to=2026-03-14T09:26Z&compare=week&level=workload&expand=prod/workload/shop/web&layer=platform&node=prod/namespace/shop&table=open&find=port+%3D%3D+443&hide=kind+%3D%3D+%22host%22&only=denied,external,cross-namespace,related,port:443&hidden=faded&layout=grouped&size=whole&overlay=policy&drawer=closed&sort=-bytes',
    },
    means: {
      cluster: 'prod',
      range: { kind: 'fixed', fromMs: Date.UTC(2026, 2, 14, 3), toMs: Date.UTC(2026, 2, 14, 9, 26) },
      compare: { kind: 'week' },
      isLive: false,
      replay: null,
      level: 'workload',
      expanded: ['prod/workload/shop/web'],
      layers: ['platform'],
      group: null,
      selection: { kind: 'node', id: 'prod/namespace/shop' },
      isTableOpen: true,
      find: 'port == 443',
      hide: 'kind == "host"',
      only: { denied: true, external: true, crossNamespace: true, related: true, ports: [443] },
      isFaded: true,
      layout: 'grouped',
      isWhole: true,
      overlay: 'policy',
      isDrawerOpen: false,
      sort: { key: 'bytes', isDescending: true },
      via: null,
      view: null,
    },
  },
  {
    state: { v: 1, page: 'flows', query: '?cluster=prod&last=24h&live=on&replay=2x&edge=AAAABBBBCCCCDDDD' },
    means: {
      ...parseScreenState(new URLSearchParams()),
      cluster: 'prod',
      range: { kind: 'preset', preset: '24h' },
      isLive: true,
      replay: { speed: 2, atMs: null },
      selection: { kind: 'edge', id: 'AAAABBBBCCCCDDDD' },
    },
  },
  {
    state: {
      v: 1,
      page: 'policies',
      query: '?cluster=prod&last=30d&search=pay&policy=prod/NetworkPolicy/shop/web&rule=egress:2&tab=history',
    },
    means: {
      cluster: 'prod',
      range: { kind: 'preset', preset: '30d' },
      text: 'pay',
      policy: 'prod/NetworkPolicy/shop/web',
      rule: { direction: 'egress', index: 2 },
      tab: 'history',
      atMs: null,
      via: null,
    },
  },
] as const;

describe('a stored link', () => {
  it.each(stored)('of version $state.v to $state.page means what it meant', ({ state, means }) => {
    const read = readLinkState(JSON.parse(JSON.stringify(state)));
    expect(read).not.toBeNull();
    const query = new URLSearchParams(read?.query);
    expect(state.page === 'policies' ? parsePoliciesState(query) : parseScreenState(query)).toEqual(means);
  });

  it.each([null, {}, { v: 2, page: 'graph', query: '' }, { v: 1, page: 'settings', query: '' }, 'x'])(
    'that no version wrote is none: %j',
    (state) => expect(readLinkState(state)).toBeNull(),
  );
});

it('keeps of an address what the page knows, and not the link that it came by', () => {
  const query = '?cluster=prod&via=aaaaaaaaaaaaaaaaaaaaaa&utm=x&from=nonsense';
  expect(linkStateOf('graph', query)).toEqual({ v: 1, page: 'graph', query: '?cluster=prod' });
  expect(linkStateOf('policies', `${query}&policy=prod/Tier/x`)).toEqual({
    v: 1,
    page: 'policies',
    query: '?cluster=prod&policy=prod/Tier/x',
  });
});

it('leads to the page, with the link behind its state', () => {
  expect(linkAddress({ page: 'flows', query: '?cluster=prod' })).toBe('/flows?cluster=prod');
  expect(linkTarget({ page: 'graph', query: '' }, 'id')).toBe('/?via=id');
  expect(linkTarget({ page: 'policies', query: '?tab=history' }, 'id')).toBe('/policies?tab=history&via=id');
});
