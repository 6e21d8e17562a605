import { signIn } from '#lib/auth/sign-in.ts';
import { signInSchema } from '#lib/contracts/sign-in.ts';
import { tellOfNobody } from '#lib/http/audit-change.ts';
import { tellSignIn } from '#lib/http/audit-sign-in.ts';
import { clientAddress } from '#lib/http/client-address.ts';
import { parseJsonBody } from '#lib/http/json-body.ts';
import { problemResponse } from '#lib/http/problem.ts';
import { publicRoute } from '#lib/http/route.ts';

/** Signs a person in with a password; the session is in a cookie. */
export const POST = publicRoute(async (request) => {
  const wanted = await parseJsonBody(signInSchema, request);
  if (!wanted.ok) return problemResponse(wanted.error);
  const { headers } = request;
  const signed = await signIn({ ...wanted.value, address: clientAddress(headers), headers });
  if (signed.kind === 'signed-in') {
    await tellSignIn(request, signed.headers, 'password');
    return Response.json({ done: true }, { headers: signed.headers });
  }
  const tell = tellOfNobody(request, wanted.value.email);
  await tell({ kind: 'sign-in-failed', details: { why: signed.kind } });
  if (signed.kind === 'wrong') return problemResponse(wrong);
  const minutes = Math.ceil(signed.waitSeconds / 60);
  const detail = `Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`;
  return problemResponse({ ...tooMany, detail }, { 'retry-after': String(signed.waitSeconds) });
});

const wrong = {
  status: 401,
  code: 'wrong-credentials',
  title: 'E-mail or password is wrong',
  detail: 'Check both and try again. Whoever administers Flowloom can set a new password.',
};

const tooMany = { status: 429, code: 'too-many-attempts', title: 'Too many attempts' };
