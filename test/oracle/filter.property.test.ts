import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countTruth, flowTruth } from '#lib/filter/evaluate.ts';
import type { Expression } from '#lib/filter/expression.ts';
import { absentFact, type Count, type Fact, type FlowFacts } from '#lib/filter/facts.ts';
import { type Filter, parseFilter } from '#lib/filter/filter.ts';
import { printExpression } from '#lib/filter/print.ts';
import { not } from '#lib/kit/truth.ts';
import { completions, counting, joined, type Knowledge, knowledge, predicate } from './filter-oracle.ts';

const flowFilter = joined(predicate);
const anyFilter = joined(fc.oneof(predicate, counting));

function read(text: string): Filter {
  const result = parseFilter(text);
  if (!result.ok || result.value === null) {
    throw new Error(`${text}: ${result.ok ? 'blank' : `${result.error.message} at ${result.error.at}`}`);
  }
  return result.value;
}

function factsOf(known: Knowledge): FlowFacts {
  const fact = (slot: string): Fact => {
    const { known: sure, maybe } = known[slot] ?? { known: [], maybe: [] };
    return { known: sure, maybe: maybe ?? 'any' };
  };
  const end = (side: string) => ({
    cluster: absentFact,
    namespace: fact(`${side}.namespace`),
    workload: absentFact,
    name: absentFact,
    kind: absentFact,
    policy: absentFact,
    tier: absentFact,
    label: (key: string) => fact(`${side}.label.${key}`),
  });
  return {
    source: end('source'),
    dest: end('dest'),
    port: fact('port'),
    protocol: absentFact,
    verdict: absentFact,
  };
}

const truth = (text: string, known: Knowledge) => flowTruth(read(text).flow, factsOf(known));

/** The expression without the places of its predicates. */
function bare(expression: Expression): unknown {
  return JSON.parse(JSON.stringify(expression, (key, value: unknown) => (key === 'at' ? undefined : value)));
}

describe('a filter over flows', () => {
  it('holds where it holds in every world, and fails where it fails in every world', () => {
    fc.assert(
      fc.property(flowFilter, knowledge, ({ text, holds }, known) => {
        const found = truth(text, known);
        if (found === 'unknown') return;
        for (const world of completions(known)) expect(holds(world)).toBe(found);
      }),
    );
  });

  it('is unknown only where what is hidden decides, one predicate at a time', () => {
    fc.assert(
      fc.property(predicate, knowledge, ({ text, holds }, known) => {
        const answers = new Set(completions(known).map(holds));
        expect(truth(text, known)).toBe(answers.size === 1 ? [...answers][0] : 'unknown');
      }),
    );
  });

  it('is never unknown where nothing is hidden', () => {
    fc.assert(
      fc.property(flowFilter, knowledge, ({ text, holds }, known) => {
        const whole = Object.fromEntries(
          Object.entries(known).map(([slot, { known: sure }]) => [slot, { known: sure, maybe: [] }]),
        );
        const [world] = completions(whole);
        expect(truth(text, whole)).toBe(world && holds(world));
      }),
    );
  });

  it('keeps De Morgan and double negation, unknown or not', () => {
    fc.assert(
      fc.property(flowFilter, flowFilter, knowledge, ({ text: a }, { text: b }, known) => {
        expect(truth(`!((${a}) && (${b}))`, known)).toBe(truth(`!(${a}) || !(${b})`, known));
        expect(truth(`!((${a}) || (${b}))`, known)).toBe(truth(`!(${a}) && !(${b})`, known));
        expect(truth(`!!(${a})`, known)).toBe(truth(a, known));
        expect(truth(`!(${a})`, known)).toBe(not(truth(a, known)));
      }),
    );
  });
});

describe('a filter in print', () => {
  it('reads the same again', () => {
    fc.assert(
      fc.property(flowFilter, ({ text }) => {
        const { expression } = read(text);
        const again = read(printExpression(expression));
        expect(bare(again.expression)).toEqual(bare(expression));
        expect(printExpression(again.expression)).toBe(printExpression(expression));
      }),
    );
  });
});

describe('a filter over flows and the edge', () => {
  const exact = (value: number): Count => ({ atLeast: value, isExact: true });
  const counts = fc.record({ bytes: fc.nat({ max: 5 }), denied: fc.nat({ max: 5 }) });

  it('comes apart in two halves that mean the whole', () => {
    let apart = 0;
    fc.assert(
      fc.property(anyFilter, knowledge, counts, ({ text, holds }, known, { bytes, denied }) => {
        const result = parseFilter(text);
        if (!result.ok || result.value === null) return;
        if (result.value.flow && result.value.counters) apart += 1;
        const whole = Object.fromEntries(
          Object.entries(known).map(([slot, { known: sure }]) => [slot, { known: sure, maybe: [] }]),
        );
        const edge = { bytes: exact(bytes), denied: exact(denied), flows: exact(0), dropped: exact(0) };
        const both =
          flowTruth(result.value.flow, factsOf(whole)) === true &&
          countTruth(result.value.counters, edge) === true;
        const [world] = completions(whole);
        expect(both).toBe(holds({ ...world, bytes: [bytes], denied: [denied] }));
      }),
    );
    expect(apart).toBeGreaterThan(0);
  });

  it('knows of a count that is at least so much only what holds for all of them', () => {
    fc.assert(
      fc.property(joined(counting), fc.nat({ max: 5 }), ({ text, holds }, atLeast) => {
        const open = { atLeast, isExact: false };
        const found = countTruth(read(text).counters, {
          bytes: open,
          denied: open,
          flows: open,
          dropped: open,
        });
        if (found === 'unknown') return;
        for (let bytes = atLeast; bytes < atLeast + 7; bytes += 1) {
          for (let denied = atLeast; denied < atLeast + 7; denied += 1) {
            expect(holds({ bytes: [bytes], denied: [denied] })).toBe(found);
          }
        }
      }),
    );
  });
});
