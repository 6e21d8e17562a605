import { finishSingleSignOn } from '#lib/auth/single-sign-on.ts';
import { tellSignIn } from '#lib/http/audit-sign-in.ts';
import { publicRoute } from '#lib/http/route.ts';

/** Where the identity provider sends a browser back to. */
export const GET = publicRoute(
  async (request) => {
    const answer = await finishSingleSignOn(request);
    await tellSignIn(request, answer.headers, 'oidc');
    return answer;
  },
  { reach: 'navigation' },
);
