import type { RejectedLineDocument } from '#lib/contracts/rejected.ts';

export type LineGroup = readonly [RejectedLineDocument, ...RejectedLineDocument[]];

/** Lines that are to be mended in one go stand together, where their first one stood. */
export function groupLines(lines: readonly RejectedLineDocument[]): readonly LineGroup[] {
  const groups = new Map<string, [RejectedLineDocument, ...RejectedLineDocument[]]>();
  for (const line of lines) {
    const { cluster, kind, code, field, remedy, retry } = line;
    // A remedy that names the line is its own; where the line can be tried, it is that of the reason.
    const key = JSON.stringify([cluster, kind, code, field, retry, remedy]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [line]);
    else group.push(line);
  }
  return [...groups.values()];
}
