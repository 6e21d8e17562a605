import { expect, it } from 'vitest';
import { limitedScope } from './scope.ts';

it('sees a namespace that was made anew from the next whole day on, also where it is listed twice', () => {
  const noon = Date.UTC(2026, 10, 20, 12);
  const scope = limitedScope({
    clusters: [],
    namespaceIds: [1n, 2n],
    namespacesSince: [
      { id: 2n, sinceMs: noon },
      { id: 3n, sinceMs: Date.UTC(2026, 10, 20) },
      { id: 3n, sinceMs: 0 },
    ],
    farEnd: 'namespace',
  });
  expect(scope.namespaceIds).toEqual([1n]);
  expect(scope.namespacesSince).toEqual([
    { id: 2n, sinceMs: Date.UTC(2026, 10, 21) },
    { id: 3n, sinceMs: Date.UTC(2026, 10, 20) },
  ]);
});
