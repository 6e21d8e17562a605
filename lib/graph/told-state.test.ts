import { describe, expect, it } from 'vitest';
import { defaultState, type ScreenState } from '#lib/contracts/url-state.ts';
import { speaksOfPolicies, type Told, toldState } from './told-state.ts';

const told: Told = {
  clusters: new Set(['c1']),
  nodes: new Set([
    'c1/cluster',
    'c1/namespace/shop',
    'c1/workload/shop/web',
    'c1/namespace/peer',
    'c1/networkset/shop',
  ]),
  edges: new Set(['own-edge']),
  names: ['c1', 'shop', 'web', 'peer'],
};

function of(change: Partial<ScreenState>): ScreenState {
  return toldState({ ...defaultState, ...change }, told);
}

describe('a state that somebody else made', () => {
  it('keeps what its reader sees', () => {
    const change: Partial<ScreenState> = {
      cluster: 'c1',
      expanded: ['c1/namespace/shop', 'c1/workload/shop/web'],
      selection: { kind: 'edge', id: 'own-edge' },
      find: 'namespace == "shop" && dest.port in {443} || verdict == "denied"',
      hide: 'workload starts with "we"',
      group: 'community:2026-11-25/2026-11-26',
      overlay: 'policy',
      sort: { key: 'bytes', isDescending: true },
    };
    expect(of(change)).toEqual({ ...defaultState, ...change });
    const port = { kind: 'node', id: 'c1/workload/shop/web/tcp/443' } as const;
    expect(of({ selection: port }).selection).toEqual(port);
    const layer: Partial<ScreenState> = {
      layers: ['Own:shop'],
      expanded: ['c1/layer/Own'],
      selection: { kind: 'node', id: 'c1/layer/Own' },
    };
    expect(of(layer)).toEqual({ ...defaultState, ...layer });
  });

  it.each([
    [{ cluster: 'c2' }, { cluster: null }],
    [{ expanded: ['c1/namespace/shop', 'c1/namespace/secret'] }, { expanded: ['c1/namespace/shop'] }],
    [{ layers: ['platform', 'Own:shop,secret', 'Hidden:secret-*'] }, { layers: ['platform', 'Own:shop'] }],
    [
      { layers: ['Hidden:secret-*'], expanded: ['c1/layer/Hidden', 'c2/layer/Hidden'] },
      { layers: [], expanded: [] },
    ],
    [{ selection: { kind: 'node', id: 'c1/workload/secret/api' } }, { selection: null }],
    // No port of a node of that name, but a thing in a namespace of that name.
    [{ selection: { kind: 'node', id: 'c1/networkset/shop/secret' } }, { selection: null }],
    // An id of an edge can be made of guessed names.
    [{ selection: { kind: 'edge', id: 'other-edge' } }, { selection: null }],
    [{ group: 'label:secret' }, { group: 'label' }],
    [{ find: 'namespace == "secret"' }, { find: '' }],
    [{ hide: 'port == 443 && !(dest.workload contains "secret")' }, { hide: '' }],
    [{ find: 'policy == "shop"' }, { find: '' }],
    [{ find: 'label.team == "shop"' }, { find: '' }],
    [{ find: 'secret words that are no filter' }, { find: '' }],
  ] as const satisfies readonly (readonly [Partial<ScreenState>, Partial<ScreenState>])[])(
    'loses what they do not see: %j',
    (change, left) => expect(of(change)).toEqual({ ...defaultState, ...left }),
  );
});

it('knows a filter that speaks of policies', () => {
  expect(speaksOfPolicies('tier == "security"')).toBe(true);
  expect(speaksOfPolicies('no filter at all ==')).toBe(true);
  expect(speaksOfPolicies('namespace == "shop"')).toBe(false);
  expect(speaksOfPolicies('')).toBe(false);
});
