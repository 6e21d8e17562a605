import type { Scope } from '#lib/access/scope.ts';
import type { RejectedLineDocument, RejectedList } from '#lib/contracts/rejected.ts';
import { remedyOf } from '#lib/contracts/remedies.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { RejectedFilter } from '#lib/db/sql/rejected-filter.ts';
import { rejectedLines, rejectedReasons, type StoredRejection } from '#lib/db/sql/rejected-lines.ts';
import { readableText } from '#lib/kit/readable-text.ts';

// Enough to see what a line is; the whole of it is asked for one by one.
const PREVIEW_BYTES = 2_048;
const WHOLE_BYTES = 65_536;

/** More than anybody reads at once. */
export const mostRejectedLines = 2_000;

/** What was refused and why: counts of everything that the filter means, and the first `limit` lines kept of it. */
export async function listRejected(
  reader: Reader,
  scope: Scope,
  filter: RejectedFilter,
  limit = mostRejectedLines,
): Promise<RejectedList> {
  const isOneLine = filter.byteFrom !== null;
  const [reasons, lines] = await Promise.all([
    rejectedReasons(reader, scope, filter),
    rejectedLines(reader, scope, filter, {
      lines: limit,
      contentBytes: isOneLine ? WHOLE_BYTES : PREVIEW_BYTES,
    }),
  ]);
  return {
    rejected: reasons.reduce((sum, { count }) => sum + count, 0),
    keptCount: reasons.reduce((sum, { kept }) => sum + kept, 0),
    reasons: reasons.map(({ lastAt, ...reason }) => ({ ...reason, lastAt: lastAt.toISOString() })),
    kept: lines.map(lineDocument),
  };
}

function lineDocument(line: StoredRejection): RejectedLineDocument {
  const { batch, byteFrom, content, keptBytes, length } = line;
  const hasMore = keptBytes > content.length;
  return {
    id: `${batch}-${byteFrom}`,
    batch,
    cluster: line.cluster,
    kind: line.kind,
    source: line.source,
    line: line.line,
    code: line.code,
    field: line.field,
    message: line.message,
    remedy: remedyText(line),
    retry: line.retry,
    content: readableText(content, hasMore || line.retry === 'cut'),
    hasMore,
    bytes: length,
    rejectedAt: line.rejectedAt.toISOString(),
  };
}

function remedyText({ retry, code, source, line }: StoredRejection): string {
  switch (retry) {
    case 'possible':
    case 'no-line':
      return remedyOf(code);
    case 'in-file':
      return `${remedyOf(code)} Then ingest ${source} again: its end, or all of it where nothing was readable, is read anew.`;
    case 'needs-header':
      return `${remedyOf(code)} Its columns are named by the header of its file: ingest line ${line} of ${source} again under that header.`;
    case 'cut':
      return code === 'too-long'
        ? remedyOf(code)
        : `${remedyOf(code)} Only the first 64 KiB are kept, so that it cannot be tried from here: send line ${line} of ${source} again by itself.`;
  }
}
