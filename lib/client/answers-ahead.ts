import type { AnswersAhead } from '#lib/contracts/answers-ahead.ts';

/** As long as any answer is taken for new: a page that a browser kept and shows again brings what is old. */
export const freshMs = 60_000;

const noAnswers: AnswersAhead = { askedAtMs: 0, answers: {} };

let ahead = noAnswers;

/** Takes in what came with the page. */
export function giveAhead(answers: AnswersAhead): void {
  ahead = answers;
}

/**
 * The instant that a screen opens at. That of the server while it is new: the window that it asked for is asked for
 * again, and not the next one where a minute turned on the way.
 */
export function openedAt(answers: AnswersAhead, nowMs: number): number {
  return isNew(answers, nowMs) ? answers.askedAtMs : nowMs;
}

function isNew({ askedAtMs }: AnswersAhead, nowMs: number): boolean {
  return Math.abs(nowMs - askedAtMs) <= freshMs;
}

/** The text that came with the page for this address; each is given out once, and only while it is new. */
export function takeAhead(address: string, nowMs: number): string | null {
  if (!isNew(ahead, nowMs)) ahead = noAnswers;
  const { [address]: answer, ...others } = ahead.answers;
  if (answer === undefined) return null;
  ahead = { ...ahead, answers: others };
  return answer;
}
