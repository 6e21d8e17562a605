import { createHash, timingSafeEqual } from 'node:crypto';
import { renderMetrics } from '#lib/telemetry/metrics.ts';
import { ingestSecret } from './ingest-secret.ts';
import { isPeerLoopback } from './peer-address.ts';
import { type Problem, problemResponse } from './problem.ts';

/**
 * Answers a scraper. Where a token is set it is asked for, of this machine too: a proxy on it would bring the
 * whole world in from loopback. Without one, only connections of this machine are answered.
 */
export function metricsHandler(metricsToken: () => string | null): (request: Request) => Promise<Response> {
  return async (request) => {
    const token = metricsToken();
    const shown = ingestSecret(request.headers.get('authorization'));
    const mayLook = token === null ? isPeerLoopback(request) : shown !== null && isSame(shown, token);
    if (!mayLook) {
      return token === null
        ? problemResponse(fromHereOnly)
        : problemResponse(tokenNeeded, { 'www-authenticate': 'Bearer realm="flowloom metrics"' });
    }
    const { contentType, text } = await renderMetrics();
    return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
  };
}

/** In the same time however much of it is right. */
function isSame(shown: string, token: string): boolean {
  return timingSafeEqual(digest(shown), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

const tokenNeeded: Problem = {
  status: 401,
  code: 'metrics-token',
  title: 'Metrics need their token',
  detail: 'Send "Authorization: Bearer <token>" with the value of FLOWLOOM_METRICS_TOKEN.',
};

const fromHereOnly: Problem = {
  status: 403,
  code: 'metrics-from-here-only',
  title: 'Metrics are shown to this machine only',
  detail: 'Set FLOWLOOM_METRICS_TOKEN and let the scraper send it, or scrape from the machine itself.',
};
