/** What the server asked its own API for a page, before the page could: the text of each answer by its address. */
export type AnswersAhead = {
  readonly askedAtMs: number;
  readonly answers: Readonly<Record<string, string>>;
};
