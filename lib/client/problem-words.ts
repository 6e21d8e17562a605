import { ApiError } from './api-fetch.ts';

/** What went wrong, in the API's own words where it answered. */
export function problemWords(
  error: Error,
  otherwise: string,
): { readonly title: string; readonly detail: string } {
  return error instanceof ApiError ? error.problem : { title: otherwise, detail: error.message };
}

/** The same in a line. Of what was filled in wrong the detail alone says something: nobody wrote a body. */
export function problemText(error: Error): string {
  if (!(error instanceof ApiError)) return error.message;
  const { code, title, detail } = error.problem;
  return code === 'bad-body' ? detail : `${title}. ${detail}`;
}
