import type { AnswersAhead } from '#lib/contracts/answers-ahead.ts';

/** As long as any answer is taken for new: a page that a browser kept and shows again brings what is old. */
const freshMs = 60_000;

const noAnswers: AnswersAhead = { askedAtMs: 0, answers: {} };

let ahead = noAnswers;

/** Takes in what came with the page. */
export function giveAhead(answers: AnswersAhead): void {
  ahead = answers;
}

/** The text that came with the page for this address; each is given out once, and only while it is new. */
export function takeAhead(address: string, nowMs: number): string | null {
  if (Math.abs(nowMs - ahead.askedAtMs) > freshMs) ahead = noAnswers;
  const { [address]: answer, ...others } = ahead.answers;
  if (answer === undefined) return null;
  ahead = { ...ahead, answers: others };
  return answer;
}
