import { describe, expect, it } from 'vitest';
import type { Comparison } from '#lib/contracts/compare.ts';
import type { Denials } from '#lib/contracts/denials.ts';
import type { GraphNode } from '#lib/contracts/graph.ts';
import { changeOfRate } from '#lib/graph/compare.ts';
import {
  counted,
  edgeBetween,
  graphOf,
  hitOf,
  namespaceNode,
  none,
  windowDocument,
} from '#lib/picture/fixture.ts';
import { toChanges, toDenials, toTotals } from './home-view.ts';

const [shop, cart, bank, logs] = ['shop', 'cart', 'bank', 'logs'].map(namespaceNode) as [
  GraphNode,
  GraphNode,
  GraphNode,
  GraphNode,
];
const own = new Set([shop.id, cart.id]);

it('counts what goes in and out, and what is among the namespaces as neither', () => {
  const graph = graphOf(
    [shop, cart, bank],
    [
      edgeBetween(shop, cart),
      edgeBetween(bank, shop, { allowed: counted(3), denied: counted(2) }),
      edgeBetween(cart, bank, { allowed: counted(4) }),
    ],
  );
  const { connectionsIn, connectionsOut, denied, neighbours } = toTotals(graph, own);
  expect([connectionsIn.value, connectionsOut.value, denied.value, neighbours]).toEqual([3, 4, 2, 1]);
});

type Flows = { readonly allowed?: number; readonly denied?: number };

function compared(
  source: GraphNode,
  target: GraphNode,
  now: Flows,
  then: Flows,
): Comparison['edges'][number] {
  const of = (flows: number | undefined) => (flows ? counted(flows) : none);
  const change = (flows = 0, base = 0) => changeOfRate({ flows, ms: 1 }, { flows: base, ms: 1 });
  const sum = ({ allowed = 0, denied = 0 }: Flows) => allowed + denied;
  return {
    ...edgeBetween(source, target, { allowed: of(now.allowed), denied: of(now.denied) }),
    base: { allowed: of(then.allowed), denied: of(then.denied), dropped: none },
    change: change(sum(now), sum(then)),
    changes: {
      allowed: change(now.allowed, then.allowed),
      denied: change(now.denied, then.denied),
      dropped: 'same',
    },
  };
}

describe('what changed', () => {
  const comparison = (edges: Comparison['edges']): Comparison => ({
    ...graphOf([shop, cart, bank, logs], []),
    edges,
    base: { window: windowDocument, completeness: graphOf([], []).completeness },
  });

  it('calls a peer new where none of its traffic was there before', () => {
    const { newPeers, changes } = toChanges(
      comparison([
        compared(bank, shop, { denied: 5 }, {}),
        compared(cart, bank, { denied: 1 }, {}),
        compared(logs, shop, { allowed: 1 }, {}),
        compared(logs, cart, { allowed: 9 }, { allowed: 9 }),
      ]),
      own,
    );
    expect(newPeers).toEqual([
      { nodeId: bank.id, edgeId: 'bank>shop', name: 'bank', side: 'both', flows: 6, isDenied: true },
    ]);
    expect(changes.map(({ edgeId, change }) => [edgeId, change])).toEqual([['logs>shop', 'new']]);
  });

  it('puts what is denied anew before all else, also where as much flows as before', () => {
    const { changes } = toChanges(
      comparison([
        compared(shop, cart, {}, { allowed: 100 }),
        compared(logs, shop, { allowed: 9, denied: 1 }, { allowed: 10 }),
        compared(shop, logs, { allowed: 90 }, { allowed: 10 }),
      ]),
      own,
    );
    expect(changes.map(({ edgeId, change, isNewlyDenied }) => [edgeId, change, isNewlyDenied])).toEqual([
      ['logs>shop', 'same', true],
      ['shop>cart', 'gone', false],
      ['shop>logs', 'more', false],
    ]);
  });
});

describe('what was denied', () => {
  type Decided = Denials['denials'][number]['decided'];
  const far: GraphNode = { ...bank, inScope: false };
  const people = { owner: 'money', contact: '#money' };

  function rowOf(decided: Decided, farContact: typeof people | null = null, target: GraphNode = far) {
    const denied: Denials = {
      window: windowDocument,
      traceWindow: windowDocument.answered,
      nodes: [
        { ...shop, contact: { owner: 'front', contact: null } },
        { ...target, contact: farContact },
      ],
      denials: [
        {
          edge: 'e',
          source: shop.id,
          target: target.id,
          denied: counted(3),
          allowedFlows: 0,
          ports: [{ protocol: 'tcp', port: 443 }],
          lastSeenAt: '2026-03-14T09:26:00Z',
          decided,
        },
      ],
      leftOut: 0,
    };
    const [row] = toDenials(denied, ['admin@corp.example']);
    return {
      decisions: row?.decisions.map(({ text, href }) => [text, href !== null]),
      asks: row?.asks.map(({ name, admins }) => name ?? admins),
    };
  }

  const decision = (by: Decided[number]['by'], hidden = false): Decided => [
    { direction: 'egress', flows: 3, by, hidden },
  ];

  it('leads to a policy that one may see, and to the people of both sides', () => {
    expect(rowOf(decision(hitOf({ namespace: 'shop', name: 'out', action: 'deny' })), people)).toEqual({
      decisions: [['out', true]],
      asks: ['bank', 'shop'],
    });
  });

  it('says in which tier a policy is that one may not see, and asks those who know', () => {
    expect(rowOf(decision(hitOf({ kind: 'Hidden', tier: 'security', name: '' }), true))).toEqual({
      decisions: [['A policy in tier security that you cannot view', false]],
      asks: [['admin@corp.example']],
    });
  });

  it('tells a hidden policy from one that nobody named', () => {
    expect(rowOf(decision(null, true)).decisions).toEqual([
      ['Policies decided here that you may not see', false],
    ]);
    expect(rowOf(decision(null)).decisions).toEqual([['The records name no policy', false]]);
  });

  it('says which side decided where that is not one’s own', () => {
    expect(rowOf([], people)).toEqual({
      decisions: [['Decided on the side of bank, whose policies are not yours to see', false]],
      asks: ['bank'],
    });
    expect(rowOf([])).toMatchObject({ asks: [['admin@corp.example']] });
    expect(rowOf([], null, cart).decisions).toEqual([['The records name no policy', false]]);
  });
});
