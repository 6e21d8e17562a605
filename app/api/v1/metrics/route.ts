import { metricsHandler } from '#lib/http/metrics-route.ts';
import { publicRoute } from '#lib/http/route.ts';
import { serverMetricsToken } from '#lib/http/server-reader.ts';

/** What the process counts of itself, for Prometheus. */
export const GET = publicRoute(metricsHandler(serverMetricsToken));
