import { finishSingleSignOn } from '#lib/auth/single-sign-on.ts';
import { publicRoute } from '#lib/http/route.ts';

/** Where the identity provider sends a browser back to. */
export const GET = publicRoute(finishSingleSignOn, { reach: 'navigation' });
