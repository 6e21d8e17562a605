import { expect, it } from 'vitest';
import { type SourceSigns, sourceState } from './source-state.ts';

const minute = 60_000;
const nowMs = Date.UTC(2026, 4, 1, 12);

const healthy: SourceSigns = {
  nowMs,
  lastFlowMs: nowMs - 20_000,
  lastReceivedMs: nowMs - 10_000,
  lagMs: 10_000,
  silentNodes: [],
  rejected: 0,
  folded: [],
};

it.each([
  ['delivers', {}, 'live', []],
  ['pauses for less than ten minutes', { lastFlowMs: nowMs - 10 * minute + 1 }, 'live', []],
  ['is silent', { lastFlowMs: nowMs - 10 * minute }, 'attention', ['No flows for 10 min']],
  ['is silent for hours', { lastFlowMs: nowMs - 130 * minute }, 'attention', ['No flows for 2 h']],
  ['misses a node', { silentNodes: ['w1'] }, 'attention', ['No flows from node w1 for 10 min or more']],
  ['misses nodes', { silentNodes: ['a', 'b'] }, 'attention', ['No flows from 2 nodes for 10 min or more']],
  ['is late', { lagMs: 6 * minute }, 'attention', ['Flows arrive 6 min after they end']],
  ['is rejected in part', { rejected: 1200 }, 'attention', ['1,200 lines rejected']],
  ['is rejected whole', { lastFlowMs: null, lagMs: null, rejected: 1 }, 'attention', ['1 line rejected']],
  [
    'scans ports',
    { folded: [{ what: 'port' as const, count: 1500 }] },
    'attention',
    ['More names than are kept one by one: 1,500 ports are counted as one'],
  ],
  [
    'is silent, which its nodes are too',
    { lastFlowMs: nowMs - 11 * minute, silentNodes: ['a'] },
    'attention',
    ['No flows for 11 min'],
  ],
  ['ended a day ago', { lastFlowMs: nowMs - 24 * 60 * minute, lagMs: 7e9 }, 'old', []],
  [
    'is a recording, some lines of which were rejected',
    { lastFlowMs: 0, rejected: 3 },
    'attention',
    ['3 lines rejected'],
  ],
  [
    'was rejected days ago',
    { lastFlowMs: null, lastReceivedMs: nowMs - 48 * 60 * minute, rejected: 3 },
    'old',
    [],
  ],
] as const)('a source that %s', (_name, signs, state, texts) => {
  const told = sourceState({ ...healthy, ...signs });
  expect([told.state, told.problems.map(({ text }) => text)]).toEqual([state, texts]);
});
