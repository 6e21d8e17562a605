import type { GraphEdge } from '#lib/contracts/graph.ts';
import { line, type Painting } from './overlay.ts';
import type { Tone } from './tones.ts';

const steps = ['volume-1', 'volume-2', 'volume-3', 'volume-4'] as const satisfies readonly Tone[];

/** Edges by how much of something they carry, in four steps of equal ratio; null is not known. */
export function paintMagnitude(
  edges: readonly GraphEdge[],
  {
    amountOf,
    textOf,
    note,
  }: {
    readonly amountOf: (edge: GraphEdge) => number | null;
    readonly textOf: (amount: number) => string;
    readonly note: string;
  },
): Painting {
  const amounts = edges.map(amountOf);
  const known = amounts.flatMap((amount) => (amount !== null && amount > 0 ? [amount] : []));
  const bounds = boundsOf(known);
  const legend = steps.flatMap((tone, step) => {
    const bound = bounds[step];
    return bound === undefined ? [] : [line(tone, `${step === 0 ? 'from ' : '≥ '}${textOf(bound)}`)];
  });
  const hasUnknown = amounts.includes(null);
  const hasNone = amounts.includes(0);
  return {
    legend: [
      ...legend,
      ...(hasUnknown ? [line('unknown', 'not recorded')] : []),
      ...(hasNone ? [line('quiet', 'none')] : []),
    ],
    note,
    strokes: (edge) => {
      const amount = amountOf(edge);
      if (amount === null) return [{ tone: 'unknown', volume: 1 }];
      if (amount <= 0) return [{ tone: 'quiet', volume: 0 }];
      const step = bounds.findLastIndex((bound) => amount >= bound);
      return [{ tone: steps[Math.max(0, step)] ?? 'volume-1', volume: amount }];
    },
  };
}

/** Where each step begins, rounded to one digit so that it can be read; fewer where all is alike. */
function boundsOf(amounts: readonly number[]): readonly number[] {
  if (amounts.length === 0) return [];
  const least = Math.min(...amounts);
  const ratio = Math.max(...amounts) / least;
  const raw = steps.map((_, step) => least * ratio ** (step / steps.length));
  const rounded = raw.map((bound, step) => (step === 0 ? least : oneDigit(bound)));
  return rounded.filter((bound, step) => step === 0 || bound > (rounded[step - 1] ?? 0));
}

function oneDigit(amount: number): number {
  const unit = 10 ** Math.floor(Math.log10(amount));
  return Math.ceil(amount / unit) * unit;
}
