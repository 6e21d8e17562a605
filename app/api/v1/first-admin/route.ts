import { createFirstAdmin } from '#lib/auth/first-admin.ts';
import { firstAdminSchema } from '#lib/contracts/sign-in.ts';
import { tellOfNobody } from '#lib/http/audit-change.ts';
import { parseJsonBody } from '#lib/http/json-body.ts';
import { problemResponse } from '#lib/http/problem.ts';
import { publicRoute } from '#lib/http/route.ts';

/** Makes the first admin with the link that the start has printed. */
export const POST = publicRoute(async (request) => {
  const wanted = await parseJsonBody(firstAdminSchema, request);
  if (!wanted.ok) return problemResponse(wanted.error);
  if (!(await createFirstAdmin(wanted.value))) return problemResponse(spent);
  const tell = tellOfNobody(request, wanted.value.email);
  await tell({ kind: 'user-created', details: { email: wanted.value.email, role: 'admin', by: 'link' } });
  return Response.json({ done: true }, { status: 201, headers: { 'cache-control': 'no-store' } });
});

const spent = {
  status: 403,
  code: 'link-spent',
  title: 'This link makes no admin',
  detail:
    'It was used, has expired, or the e-mail address is taken. A new start of Flowloom prints a new link while there is no admin; flowloom user create EMAIL --role admin makes one too.',
};
