import { afterEach, expect, test, vi } from 'vitest';

import { printSummary, runPart } from './report.ts';

afterEach(() => vi.restoreAllMocks());

function silence() {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  return vi.spyOn(console, 'log').mockImplementation(() => {});
}

test('a part in which nothing ran has failed', async () => {
  silence();
  const result = await runPart({
    name: 'unit',
    budgetSeconds: 1,
    run: async () => ({ passed: 0, failed: 0 }),
  });
  expect(result).toMatchObject({ passed: 0, failed: 1 });
});

test('a part that throws has failed, and throws no further', async () => {
  silence();
  const run = () => Promise.reject(new Error('no Chromium'));
  expect(await runPart({ name: 'browser', budgetSeconds: 1, run })).toMatchObject({ passed: 0, failed: 1 });
});

test('the last line is the one that CI reads, and a passed budget is told without failing', () => {
  const log = silence();
  printSummary([
    { name: 'static', budgetSeconds: 120, seconds: 130, passed: 6, failed: 0 },
    { name: 'production build', budgetSeconds: null, seconds: 20, passed: 1, failed: 0 },
  ]);
  const told = log.mock.calls
    .map(([line]) => String(line))
    .join('\n')
    .split('\n');
  expect(told.at(-1)).toBe('7 passed, 0 failed');
  expect(told.filter((line) => line.includes('OVER BUDGET'))).toHaveLength(1);
});
