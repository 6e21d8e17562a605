import type { Amount } from '#lib/kit/amount.ts';
import { formatBytes, formatCount, formatExact } from '#lib/kit/format-number.ts';

export type Unit = 'count' | 'bytes';

/** The short text of an amount; unknown is a dash, never 0. */
export function amountText({ value, partial }: Amount, unit: Unit): string {
  if (value === null) return '–';
  return `${partial ? '≥ ' : ''}${unit === 'bytes' ? formatBytes(value) : formatCount(value)}`;
}

/** The exact text, with the reason where the number is missing or a lower bound. */
export function amountTitle({ value, partial }: Amount, unit: Unit): string {
  if (value === null) return 'There was traffic, but its source does not record this';
  const exact = `${formatExact(value)}${unit === 'bytes' ? ' bytes' : ''}`;
  return partial ? `at least ${exact}: some records do not know it` : exact;
}

/** An amount in a text or a table: short, exact on hover. */
export function Figure({
  amount,
  unit = 'count',
  className = '',
}: {
  readonly amount: Amount;
  readonly unit?: Unit;
  readonly className?: string;
}) {
  return (
    <span className={`tabular ${className}`} title={amountTitle(amount, unit)}>
      {amountText(amount, unit)}
      {amount.value === null && <span className="sr-only">unknown</span>}
    </span>
  );
}
