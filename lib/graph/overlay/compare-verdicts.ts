import type { EdgeOverlay, OverlayValue } from '#lib/contracts/overlay.ts';
import type { Verdict } from '#lib/policy/complete-world.ts';
import type { Connection } from './connection.ts';
import type { Judged } from './judge.ts';

/** What a connection is coloured by, and the words for it. */
export type Coloured = {
  readonly connection: Connection;
  readonly value: OverlayValue;
  readonly agreement: EdgeOverlay['agreement'];
  readonly before: Judged;
  /** null where nothing is tried. */
  readonly after: Judged | null;
};

/**
 * What today's policies say beside what was recorded. `was` is what the policies at the start of the window
 * said; null where nobody knows. A change of policy cuts no established flow and is not in force everywhere at
 * once, so that records which fit the policies of then are in transition.
 */
export function colourEvaluated(connection: Connection, judged: Judged, was: Judged | null): Coloured {
  const { verdict } = judged;
  return {
    connection,
    value: verdict,
    agreement: agreementOf(connection, judged, was),
    before: judged,
    after: null,
  };
}

function agreementOf(
  { recorded }: Connection,
  { verdict, isOneSided }: Judged,
  was: Judged | null,
): Coloured['agreement'] {
  if (verdict === 'undecidable' || recorded.allowed + recorded.denied === 0) return 'unknown';
  const against = verdict === 'allowed' ? recorded.denied : recorded.allowed;
  if (against === 0) return 'agrees';
  // The other end, which is not this viewer's, may have denied it.
  if (verdict === 'allowed' && isOneSided) return 'unknown';
  const isChanged = was !== null && was.verdict !== 'undecidable' && was.verdict !== verdict;
  return isChanged ? 'in-transition' : 'disagrees';
}

/** What a change of policies would do to a connection. */
export function colourChange(connection: Connection, before: Judged, after: Judged): Coloured {
  return { connection, value: changeOf(before.verdict, after.verdict), agreement: null, before, after };
}

function changeOf(before: Verdict, after: Verdict): OverlayValue {
  if (before === 'undecidable' || after === 'undecidable') {
    return before === after ? 'same' : 'undecidable';
  }
  if (before === after) return 'same';
  return after === 'denied' ? 'newly-denied' : 'newly-allowed';
}
