import { describe, expect, it } from 'vitest';
import { graphOf, namespaceNode } from '#lib/picture/fixture.ts';
import { waysInto } from '../open-nodes.ts';
import { type Findable, find, workloads } from './found.ts';

const named = (name: string, key = name): Findable => ({
  key,
  name,
  about: '',
  place: { kind: 'drawn', nodeId: key },
});

describe('find', () => {
  const all = ['payments', 'redis-cart', 'shop', 'cart'].map((name) => named(name));
  const found = (text: string) => find(all, text).map(({ name }) => name);

  it('puts names that begin with the text first', () =>
    expect(found('cart')).toEqual(['cart', 'redis-cart']));
  it('wants all words, in any order and case', () => expect(found('Cart RED')).toEqual(['redis-cart']));
  it('lists everything for an empty text', () => expect(found('')).toHaveLength(4));
  it('takes the first of one key: what is drawn goes before what is inside', () => {
    const inside: Findable = {
      ...named('web'),
      place: { kind: 'inside', nodeId: 'web', cluster: 'c', namespace: 'shop' },
    };
    expect(find([named('web'), inside], 'web')).toEqual([named('web')]);
  });
});

describe('workloads', () => {
  const shop = namespaceNode('shop');
  const web = { ...shop, id: `${shop.cluster}/workload/shop/web`, kind: 'workload' as const, label: 'web' };

  it('are those in scope, each in its namespace', () => {
    const far = { ...web, id: 'far', inScope: false };
    expect(workloads(graphOf([shop, web, far], []))).toEqual([
      {
        key: web.id,
        name: 'web',
        about: 'Workload in shop',
        place: { kind: 'inside', nodeId: web.id, cluster: shop.cluster, namespace: 'shop' },
      },
    ]);
  });
});

describe('waysInto', () => {
  const web = { cluster: 'c', namespace: 'shop' };
  const state = {
    level: 'namespace' as const,
    expanded: ['c/namespace/cart'],
    layers: ['platform' as const],
  };

  it('opens the namespace after what is open, and takes the layer away that hides it', () =>
    expect(waysInto(web, state, [])).toEqual({
      expanded: ['c/namespace/cart', 'c/namespace/shop'],
      layers: [],
    }));
  it('opens the cluster first where clusters are drawn', () =>
    expect(waysInto(web, { ...state, level: 'cluster', expanded: [] }, []).expanded).toEqual([
      'c/cluster',
      'c/namespace/shop',
    ]));
  it('opens nothing where workloads are drawn anyway', () =>
    expect(waysInto(web, { ...state, level: 'workload' }, [])).toEqual({
      expanded: state.expanded,
      layers: state.layers,
    }));
});
