import { ApiError } from './api-fetch.ts';

/** What went wrong, in the API's own words where it answered. */
export function problemWords(
  error: Error,
  otherwise: string,
): { readonly title: string; readonly detail: string } {
  return error instanceof ApiError ? error.problem : { title: otherwise, detail: error.message };
}

/** The same in a line. */
export function problemText(error: Error): string {
  return error instanceof ApiError ? `${error.problem.title}. ${error.problem.detail}` : error.message;
}
