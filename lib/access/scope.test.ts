import { expect, it } from 'vitest';
import { isWithin, limitedScope, wholeEstate } from './scope.ts';

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

it('is within another scope where that shows all of it', () => {
  const one = limitedScope({ clusters: [], namespaceIds: [1n] });
  const both = limitedScope({ clusters: ['prod'], namespaceIds: [1n, 2n] });
  const later = limitedScope({ clusters: [], namespaceIds: [], namespacesSince: [{ id: 1n, sinceMs: 0 }] });
  const latest = limitedScope({
    clusters: [],
    namespaceIds: [],
    namespacesSince: [{ id: 1n, sinceMs: 9e11 }],
  });
  const blind = limitedScope({ clusters: [], namespaceIds: [1n], farEnd: 'nothing' });
  const all = wholeEstate();
  const within = [
    [one, one],
    [one, both],
    [one, all],
    [all, all],
    [later, one],
    [latest, later],
    [blind, one],
  ] as const;
  for (const [narrow, wide] of within) expect(isWithin(narrow, wide)).toBe(true);
  const beyond = [
    [both, one],
    [all, both],
    [one, later],
    [later, latest],
    [one, blind],
  ] as const;
  for (const [narrow, wide] of beyond) expect(isWithin(narrow, wide)).toBe(false);
});
