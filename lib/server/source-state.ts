import type { SourceDocument, SourceProblem, SourceState } from '#lib/contracts/sources.ts';
import { dayMs, minuteMs } from '#lib/kit/window.ts';
import { silentAfterMs } from './completeness.ts';

// A flush is over within five minutes, and its flows end with it: what comes later was held up.
const lateAfterMs = 5 * minuteMs;

/** What a source's state follows from; times are milliseconds since the epoch. */
export type SourceSigns = {
  readonly nowMs: number;
  readonly lastFlowMs: number | null;
  readonly lastReceivedMs: number;
  readonly lagMs: number | null;
  readonly silentNodes: readonly string[];
  /** Of the last day. */
  readonly rejected: number;
  readonly folded: readonly SourceDocument['folded'][number][];
};

/** Green, amber or grey, and why. What is over for a day troubles nobody any more. */
export function sourceState(signs: SourceSigns): {
  readonly state: SourceState;
  readonly problems: readonly SourceProblem[];
} {
  const { nowMs, lastFlowMs, lastReceivedMs, rejected, folded } = signs;
  const isFlowing = lastFlowMs !== null && nowMs - lastFlowMs < dayMs;
  // Rejected lines have no time that could be trusted: their arrival counts.
  const isTroubled = (rejected > 0 || folded.length > 0) && nowMs - lastReceivedMs < dayMs;
  if (!isFlowing && !isTroubled) return { state: 'old', problems: [] };
  const problems = isFlowing ? [...flowProblems(signs, nowMs - lastFlowMs)] : [];
  if (rejected > 0) problems.push({ code: 'rejected', text: rejectedText(rejected) });
  problems.push(...foldedProblems(signs));
  return { state: problems.length === 0 ? 'live' : 'attention', problems };
}

function flowProblems({ lagMs, silentNodes }: SourceSigns, quietMs: number): readonly SourceProblem[] {
  if (quietMs >= silentAfterMs) return [{ code: 'silent', text: `No flows for ${durationText(quietMs)}` }];
  const problems: SourceProblem[] = [];
  const [node] = silentNodes;
  if (node !== undefined) {
    const who = silentNodes.length === 1 ? `node ${node}` : `${silentNodes.length} nodes`;
    problems.push({ code: 'node-silent', text: `No flows from ${who} for 10 min or more` });
  }
  if (lagMs !== null && lagMs >= lateAfterMs) {
    problems.push({ code: 'late', text: `Flows arrive ${durationText(lagMs)} after they end` });
  }
  return problems;
}

const nameWords: Readonly<Record<SourceDocument['folded'][number]['what'], string>> = {
  port: 'ports',
  namespace: 'namespaces',
  endpoint: 'workloads or other ends',
  pod: 'pods',
  channel: 'pairs of ends',
  policy_trace: 'policy traces',
  label_set: 'label sets',
};

function foldedProblems({ folded }: SourceSigns): readonly SourceProblem[] {
  if (folded.length === 0) return [];
  const what = folded.map(({ what, count }) => `${count.toLocaleString('en-US')} ${nameWords[what]}`);
  return [
    { code: 'folded', text: `More names than are kept one by one: ${what.join(', ')} are counted as one` },
  ];
}

function rejectedText(lines: number): string {
  return `${lines.toLocaleString('en-US')} ${lines === 1 ? 'line' : 'lines'} rejected`;
}

/** `42 s`, `14 min`, `3 h`. */
function durationText(ms: number): string {
  if (ms < minuteMs) return `${Math.round(ms / 1000)} s`;
  return ms < 60 * minuteMs ? `${Math.floor(ms / minuteMs)} min` : `${Math.floor(ms / (60 * minuteMs))} h`;
}
