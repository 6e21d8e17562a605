import { expect, it } from 'vitest';
import type { IngestResult } from '#lib/contracts/ingest.ts';
import { resultHref, resultTitle } from './result-text.ts';

const empty: IngestResult = {
  accepted: 0,
  rejected: 0,
  ignored: 0,
  duplicates: 0,
  reasons: {},
  batches: 0,
  format: null,
  seconds: 0,
};

it.each([
  [{ accepted: 2 }, 'Ingested'],
  [{ accepted: 2, rejected: 1 }, 'Ingested in part'],
  [{ duplicates: 2 }, 'It was here already: nothing is counted twice'],
  [{ rejected: 2 }, 'Nothing of it could be read'],
  [{ ignored: 2 }, 'It holds no countable flow'],
  [{}, 'It is empty'],
] as const)('%o: %s', (part, title) => {
  expect(resultTitle({ result: { ...empty, ...part }, isReplayed: false })).toBe(title);
});

it('does not pass a file off as new that came before', () => {
  expect(resultTitle({ result: { ...empty, accepted: 2 }, isReplayed: true })).toContain('here already');
});

it('leads to the whole minutes of what was ingested', () => {
  const span = { from: '2026-05-01T10:00:30.500Z', to: '2026-05-01T11:59:00.000Z' };
  const result = { ...empty, accepted: 2, span, clusters: ['b', 'a'] };
  expect(resultHref(result, null)).toBe('/?cluster=b&from=2026-05-01T10:00Z&to=2026-05-01T12:00Z');
  expect(resultHref(result, 'asked')).toContain('cluster=asked');
  expect(resultHref(empty, 'asked')).toBeNull();
});
