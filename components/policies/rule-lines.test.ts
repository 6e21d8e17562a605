import { expect, test } from 'vitest';
import { detailOf } from './fixture.ts';
import { ruleLinesOf } from './rule-lines.ts';

const yaml = `spec:
  ingress:
    - action: Allow
      source:
        selector: a == "b"

    - action: Deny
  egress:
    - action: Pass
`;

test('a rule goes on until something is indented no deeper', () => {
  const lines = ruleLinesOf(detailOf({ yaml, lines: { ingress: [3, 7], egress: [9] } }));
  expect(lines.map(({ direction, index, first, last }) => [direction, index, first, last])).toEqual([
    ['ingress', 0, 3, 5],
    ['ingress', 1, 7, 7],
    ['egress', 0, 9, 9],
  ]);
});
