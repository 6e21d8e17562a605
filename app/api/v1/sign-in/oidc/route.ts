import { beginSingleSignOn } from '#lib/auth/single-sign-on.ts';
import { publicRoute } from '#lib/http/route.ts';

/** Sends a browser to the identity provider. */
export const GET = publicRoute(beginSingleSignOn, { reach: 'navigation' });
