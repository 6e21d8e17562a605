import { expect, it } from 'vitest';
import { everyPolicy } from '#lib/access/policy-rights.ts';
import { graphQuestion } from './graph-question.ts';

it('goes as deep as it is asked, for comparisons, timelines and streams alike', () => {
  const span = { from: '-1h', to: 'now' };
  const deep = { level: 'cluster' as const, expand: ['c/cluster'], layer: ['platform' as const] };
  const asked = [{}, deep].map((depth) =>
    graphQuestion({ ...span, ...depth }, { policies: everyPolicy }, 1e12),
  );
  expect(asked).toMatchObject([
    { value: { level: 'namespace', expand: [], layers: [] } },
    { value: { level: 'cluster', expand: ['c/cluster'], layers: ['platform'] } },
  ]);
});
