/** An error as RFC 9457 has it; `code` is stable, `detail` says what to do next. */
export type Problem = {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** The parameter or field that is wrong, where there is one. */
  readonly field?: string;
  /** Of a wrong filter: the offset in UTF-16 units where it goes wrong, and what could stand there. */
  readonly position?: number;
  readonly expected?: readonly string[];
};

/** Answers with a problem document. */
export function problemResponse(problem: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify({ type: `urn:flowloom:problem:${problem.code}`, ...problem }), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  });
}
