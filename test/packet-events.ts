import fc from 'fast-check';
import type { TestEvent } from '#lib/ingest/test-lines.ts';

/** Packets of two connections around an instant, near enough to repeat and to deny one another. */
export function packetEvents(aroundMs: number): fc.Arbitrary<TestEvent> {
  return fc.record({
    atMs: fc.integer({ min: -1500, max: 1500 }).map((ms) => aroundMs + ms),
    kind: fc.constantFrom(
      'data',
      'syn',
      'denied-verdict',
      'denied-drop',
      'denied-syn-verdict',
      'denied-syn-drop',
      'dropped',
      'answer',
    ),
    clientPort: fc.constantFrom(40_000, 40_001),
    server: fc.constantFrom('cart', 'pay'),
    reporter: fc.constantFrom('source', 'destination'),
  });
}
