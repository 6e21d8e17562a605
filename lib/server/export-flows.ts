import type { FlowFormat } from '#lib/contracts/flows.ts';
import type { Reader } from '#lib/db/reader.ts';
import { flowCsvHead, flowCsvLine } from './flow-csv.ts';
import { flowDocument } from './flow-document.ts';
import { type FlowsQuery, type FlowViewer, flowChunks } from './list-flows.ts';

// What is held in memory of an export: a few megabytes, however long it is.
const EXPORT_ROWS = 2_000;

/**
 * All single flows of a query as lines, some at a time. Between two of them no connection is held, so that
 * a slow reader keeps nobody else waiting; whoever stops reading ends it.
 */
export async function* exportFlows(
  reader: Reader,
  viewer: FlowViewer,
  query: FlowsQuery,
  format: FlowFormat,
): AsyncGenerator<string, void> {
  if (format === 'csv') yield flowCsvHead;
  for await (const flows of flowChunks(reader, viewer, query, { after: null, chunk: EXPORT_ROWS })) {
    const documents = flows.map((flow) => flowDocument(flow, viewer));
    yield format === 'csv'
      ? documents.map(flowCsvLine).join('')
      : documents.map((document) => `${JSON.stringify(document)}\n`).join('');
  }
}
