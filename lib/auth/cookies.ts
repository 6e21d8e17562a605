/** A Set-Cookie of better-auth's answer that opens a session. */
export function opensSession(answer: Response): boolean {
  return answer.headers
    .getSetCookie()
    .some((cookie) => /^(__Secure-)?flowloom\.session_token=[^;]/.test(cookie));
}

/** Headers that carry over what an answer of better-auth does to the cookies, and nothing else of it. */
export function cookiesOf(answer: Response): Headers {
  const headers = new Headers({ 'cache-control': 'no-store' });
  for (const cookie of answer.headers.getSetCookie()) headers.append('set-cookie', cookie);
  return headers;
}
