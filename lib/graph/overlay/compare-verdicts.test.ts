import { expect, it } from 'vitest';
import { depthOf } from '../depth.ts';
import { colourChange, colourEvaluated } from './compare-verdicts.ts';
import type { Connection } from './connection.ts';
import { foldOverlay } from './fold-overlay.ts';
import type { Judged } from './judge.ts';

const end = (name: string) => ({ cluster: 'c', kind: 'workload', namespace: 'shop', name }) as const;
const connection = (recorded: Partial<Connection['recorded']>, port = 80): Connection => ({
  source: end('a'),
  target: end('b'),
  inScope: { source: true, target: true },
  protocol: 'tcp',
  port,
  recorded: { allowed: 0, denied: 0, dropped: 0, ...recorded },
  flows: (recorded.allowed ?? 0) + (recorded.denied ?? 0) + (recorded.dropped ?? 0),
  addresses: { client: null, server: null },
});
const judged = (verdict: Judged['verdict'], more: Partial<Judged> = {}): Judged => ({
  verdict,
  isOneSided: false,
  decidedBy: `by ${verdict}`,
  missing: verdict === 'undecidable' ? ['a label'] : [],
  ...more,
});

it.each([
  // recorded, said now, said at the start of the window, whether they agree
  [{ allowed: 2 }, 'allowed', null, 'agrees'],
  [{ denied: 2 }, 'denied', null, 'agrees'],
  [{ allowed: 2 }, 'denied', null, 'disagrees'],
  [{ denied: 2 }, 'allowed', 'allowed', 'disagrees'],
  [{ allowed: 1, denied: 1 }, 'allowed', null, 'disagrees'],
  [{ allowed: 2 }, 'denied', 'allowed', 'in-transition'],
  [{ allowed: 1, denied: 1 }, 'denied', 'allowed', 'in-transition'],
  [{ allowed: 2 }, 'denied', 'undecidable', 'disagrees'],
  [{ allowed: 2 }, 'undecidable', 'allowed', 'unknown'],
  [{ dropped: 2 }, 'denied', null, 'unknown'],
] as const)('takes %o for %s, then %s: %s', (recorded, now, then, agreement) => {
  const was = then === null ? null : judged(then);
  expect(colourEvaluated(connection(recorded), judged(now), was).agreement).toBe(agreement);
});

it('does not blame one end for what the other may have denied', () => {
  const ownSide = judged('allowed', { isOneSided: true });
  expect(colourEvaluated(connection({ denied: 1 }), ownSide, null).agreement).toBe('unknown');
  const denying = judged('denied', { isOneSided: true });
  expect(colourEvaluated(connection({ allowed: 1 }), denying, null).agreement).toBe('disagrees');
});

it.each([
  ['allowed', 'denied', 'newly-denied'],
  ['denied', 'allowed', 'newly-allowed'],
  ['allowed', 'allowed', 'same'],
  ['undecidable', 'undecidable', 'same'],
  ['allowed', 'undecidable', 'undecidable'],
  ['undecidable', 'denied', 'undecidable'],
] as const)('calls %s that becomes %s %s', (before, after, value) => {
  expect(colourChange(connection({ allowed: 1 }), judged(before), judged(after)).value).toBe(value);
});

it('puts the connections of an edge together, and what differs before the rest', () => {
  const change = (before: Judged['verdict'], after: Judged['verdict'], flows: number, port: number) =>
    colourChange(connection({ allowed: flows }, port), judged(before), judged(after));
  const all = [
    change('allowed', 'allowed', 90, 1),
    change('allowed', 'denied', 3, 2),
    change('allowed', 'denied', 7, 3),
    change('allowed', 'undecidable', 5, 4),
  ];
  const [overlay] = foldOverlay('staged', all, depthOf({ level: 'namespace' })).values();
  expect(overlay).toMatchObject({ value: 'newly-denied', agreement: null, detail: 'by denied' });
  expect(overlay?.examples.map(({ port }) => port)).toEqual([3, 4, 2]);
  expect(overlay?.counts).toEqual([
    { value: 'newly-denied', connections: 2, flows: 10 },
    { value: 'same', connections: 1, flows: 90 },
    { value: 'undecidable', connections: 1, flows: 5 },
  ]);
  const both = foldOverlay(
    'staged',
    [...all, change('denied', 'allowed', 1, 5)],
    depthOf({ level: 'namespace' }),
  );
  expect([...both.values()][0]?.value).toBe('changed');
});
