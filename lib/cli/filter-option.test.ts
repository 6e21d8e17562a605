import { expect, it } from 'vitest';
import { isUsageError } from './exit.ts';
import { readFilter } from './filter-option.ts';

function complaint(text: string): string {
  try {
    readFilter('--filter', text);
    return '';
  } catch (error) {
    return isUsageError(error) ? error.message : 'a surprise';
  }
}

it('points at the character where a filter goes wrong, on its own line', () => {
  expect(complaint('port = 1')).toBe('--filter: write == to compare\n  port = 1\n       ^');
  expect(complaint('has(port) &&\n\tport == "1"')).toBe(
    '--filter: port is a number: leave out the quotes\n  \tport == "1"\n  \t        ^',
  );
  expect(complaint('port ==')).toContain('\n  port ==\n         ^');
});

it('is no filter where none is given', () => {
  expect(readFilter('--hide', undefined)).toBeNull();
  expect(complaint('has(port)')).toBe('');
});
