import type { FollowResult, IngestResult } from '#lib/contracts/ingest.ts';

/** The documents of several inputs as one. */
export function addResults(results: readonly IngestResult[]): IngestResult {
  const reasons: Record<string, number> = {};
  for (const result of results) {
    for (const [reason, count] of Object.entries(result.reasons))
      reasons[reason] = (reasons[reason] ?? 0) + count;
  }
  const formats = new Set(results.flatMap(({ format }) => (format === null ? [] : [format])));
  return {
    accepted: sum(results, 'accepted'),
    rejected: sum(results, 'rejected'),
    ignored: sum(results, 'ignored'),
    duplicates: sum(results, 'duplicates'),
    reasons,
    batches: sum(results, 'batches'),
    format: formats.size === 0 ? null : [...formats].join(','),
    seconds: Math.round(sum(results, 'seconds') * 1000) / 1000,
    ...earliest(results.map(({ keptUntil }) => keptUntil)),
  };
}

/** What goes first of several inputs; one that is kept for good never does. */
function earliest(all: readonly IngestResult['keptUntil'][]): Pick<IngestResult, 'keptUntil'> {
  const known = all.filter((kept) => kept !== undefined);
  const [first, ...more] = known.filter((kept) => kept !== null);
  if (first === undefined) return known.length === 0 ? {} : { keptUntil: null };
  return { keptUntil: more.reduce((a, b) => (b.flows < a.flows ? b : a), first) };
}

/** What happened, why, and what to do next. */
export function describeIngest(result: IngestResult): readonly string[] {
  const { accepted, rejected, ignored, duplicates, format, seconds } = result;
  const offered = accepted + rejected + ignored + duplicates;
  if (offered === 0) return ['nothing to ingest: the input is empty'];
  const rate = seconds > 0 ? `, ${Math.round(offered / seconds)} per second` : '';
  const lines = [
    `${offered} records${format === null ? '' : ` of ${format}`} in ${seconds} s${rate}`,
    `  accepted   ${accepted}`,
    `  rejected   ${rejected}`,
    `  ignored    ${ignored}`,
    `  duplicates ${duplicates}${duplicates > 0 ? ' (ingested before)' : ''}`,
  ];
  const reasons = Object.entries(result.reasons).sort(([, a], [, b]) => b - a);
  if (reasons.length > 0) lines.push('reasons', ...reasons.map(([reason, count]) => `  ${reason} ${count}`));
  lines.push(...describeKept(result));
  if (rejected > 0) lines.push('see what was rejected and why: flowloom rejected --last');
  else if (accepted > 0) lines.push('look at it: npm start, or flowloom graph --from -24h --to now');
  return lines;
}

function describeKept({ keptUntil }: IngestResult): readonly string[] {
  if (keptUntil === undefined) return [];
  if (keptUntil === null) return ['kept for good (flowloom cluster list)'];
  const day = (instant: string): string => instant.slice(0, 16).replace('T', ' ');
  return [
    `single flows are kept until ${day(keptUntil.flows)} UTC or longer, daily counts until ${day(keptUntil.counts)} (flowloom cluster keep)`,
  ];
}

/** What was done until somebody stopped it. */
export function describeFollow(result: FollowResult): readonly string[] {
  const { accepted, rejected, ignored, duplicates, format, seconds, gaps } = result;
  const lines = [
    `followed for ${seconds} s${format === null ? '' : `, records of ${format}`}`,
    `  accepted   ${accepted}`,
    `  rejected   ${rejected}`,
    `  ignored    ${ignored}`,
    `  duplicates ${duplicates}${duplicates > 0 ? ' (ingested before)' : ''}`,
    ...gaps.map((gap) => `  gap: ${gap}`),
  ];
  if (rejected > 0) lines.push('see what was rejected and why: flowloom rejected --last');
  return lines;
}

function sum(
  results: readonly IngestResult[],
  field: 'accepted' | 'rejected' | 'ignored' | 'duplicates' | 'batches' | 'seconds',
): number {
  return results.reduce((total, result) => total + result[field], 0);
}
