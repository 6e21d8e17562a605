import type { Uploaded } from '#lib/client/upload-flows.ts';
import type { IngestResult } from '#lib/contracts/ingest.ts';
import { buildScreenQuery, defaultState } from '#lib/contracts/url-state.ts';

const minuteMs = 60_000;

/** What became of a file, in a few words. */
export function resultTitle({ result, isReplayed }: Uploaded): string {
  const { accepted, rejected, duplicates, ignored } = result;
  if (isReplayed) return 'It was here already: nothing is counted twice. Then it was:';
  if (accepted > 0) return rejected > 0 ? 'Ingested in part' : 'Ingested';
  if (duplicates > 0) return 'It was here already: nothing is counted twice';
  if (rejected > 0) return 'Nothing of it could be read';
  return ignored > 0 ? 'It holds no countable flow' : 'It is empty';
}

/** The graph of what a file held; null where nothing of it was accepted. */
export function resultHref({ span, clusters }: IngestResult, asked: string | null): string | null {
  if (span === undefined) return null;
  const fromMs = Math.floor(Date.parse(span.from) / minuteMs) * minuteMs;
  const toMs = Math.floor(Date.parse(span.to) / minuteMs) * minuteMs + minuteMs;
  const cluster = asked ?? clusters?.[0] ?? null;
  return `/${buildScreenQuery({ ...defaultState, cluster, range: { kind: 'fixed', fromMs, toMs } })}`;
}
