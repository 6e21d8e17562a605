import { expect, test } from 'vitest';
import {
  type EdgeOverlay,
  type GraphOverlay,
  noOverlay,
  type OverlayExample,
} from '#lib/contracts/overlay.ts';
import { edgeBetween, graphOf, namespaceNode } from '#lib/picture/fixture.ts';
import { endText, exampleRow, toChangeView } from './change-view.ts';

const shop = namespaceNode('shop');
const payments = namespaceNode('payments');
const logs = namespaceNode('logs');

const example: OverlayExample = {
  source: 'prod/workload/shop/front',
  target: 'prod/workload/payments/ledger',
  protocol: 'tcp',
  port: 443,
  flows: 12,
  recorded: 'allowed',
  before: 'allowed',
  after: 'denied',
  decidedBy: 'egress: rule 1 of GlobalNetworkPolicy pci',
  missing: [],
};

function said(value: EdgeOverlay['value'], flows: number): EdgeOverlay {
  return {
    name: 'draft:abcdefgh',
    value,
    agreement: null,
    detail: '',
    counts: [
      { value, connections: 1, flows },
      { value: 'same', connections: 9, flows: 900 },
    ],
    examples: [example],
  };
}

const overlay: GraphOverlay = {
  ...noOverlay,
  name: 'draft:abcdefgh',
  counts: [
    { value: 'newly-denied', connections: 2, flows: 20 },
    { value: 'same', connections: 9, flows: 900 },
  ],
};

test('nothing is said before the server has answered', () => {
  expect(toChangeView(graphOf([shop], []))).toBeNull();
});

test('what is cut off comes first, then what is opened; what stays the same is only counted', () => {
  const edges = [
    edgeBetween(shop, logs, { overlay: said('newly-allowed', 500) }),
    edgeBetween(shop, payments, { overlay: said('newly-denied', 20) }),
    edgeBetween(payments, shop, { overlay: said('same', 20) }),
    edgeBetween(logs, shop),
  ];
  const view = toChangeView({ ...graphOf([shop, payments, logs], edges), overlay });
  expect(view?.rows.map(({ from, to, kinds, flows }) => [from, to, kinds, flows])).toEqual([
    ['shop', 'payments', ['newly-denied'], 20],
    ['shop', 'logs', ['newly-allowed'], 500],
  ]);
  expect(view?.counts.map(({ kind, connections }) => [kind, connections])).toEqual([
    ['newly-denied', 2],
    ['newly-allowed', 0],
    ['undecidable', 0],
    ['same', 9],
  ]);
});

test('an example says what becomes of it and by what, or what is missing to tell', () => {
  expect(exampleRow(example)).toMatchObject({
    text: 'shop/front → payments/ledger, tcp 443',
    change: 'allowed → denied, 12 flows',
    by: 'egress: rule 1 of GlobalNetworkPolicy pci',
  });
  expect(exampleRow({ ...example, after: 'undecidable', missing: ['labels of the client'] }).by).toBe(
    'missing: labels of the client',
  );
});

test.each([
  ['prod/workload/shop/front', 'shop/front'],
  ['prod/network/public', 'public network'],
  ['prod/domain/api.example', 'api.example'],
  ['prod/host/node-1', 'host node-1'],
  ['prod/networkset/shop/partners', 'networkset shop/partners'],
  ['prod/namespace/payments', 'payments'],
  ['outside-scope', 'outside your scope'],
])('%s is called %s', (id, text) => {
  expect(endText(id)).toBe(text);
});
