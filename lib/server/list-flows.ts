import type { PolicyRights } from '#lib/access/policy-rights.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { FlowsPage } from '#lib/contracts/flows.ts';
import type { Reader } from '#lib/db/reader.ts';
import { flowsGone } from '#lib/db/sql/flow-activity.ts';
import { type FlowPosition, type SingleFlow, singleFlows } from '#lib/db/sql/single-flows.ts';
import type { Span } from '#lib/kit/window.ts';
import { spanDocument } from './answer-window.ts';
import { chooseFlows, type FlowChoice } from './choose-flows.ts';
import { flowCursor } from './flow-cursor.ts';
import { flowDocument } from './flow-document.ts';
import { flowSpans } from './flow-spans.ts';

export type FlowViewer = { readonly scope: Scope; readonly policies: PolicyRights };

export type FlowsQuery = FlowChoice & { readonly window: Span };

/** A page of single flows, newest first; `after` is the cursor of the page before. */
export async function listFlows(
  reader: Reader,
  viewer: FlowViewer,
  query: FlowsQuery,
  { after, limit }: { readonly after: FlowPosition | null; readonly limit: number },
): Promise<FlowsPage> {
  const flows: SingleFlow[] = [];
  let last = after;
  let next: string | null = null;
  // One more than asked for tells whether there is a next page.
  for await (const found of flowChunks(reader, viewer, query, { after, chunk: limit + 1 })) {
    for (const flow of found) {
      if (flows.length === limit) {
        next = last === null ? null : flowCursor(last);
        break;
      }
      flows.push(flow);
      last = positionAfter(last, flow);
    }
    if (next !== null) break;
  }
  return {
    window: spanDocument(query.window),
    gone: [...(await flowsGone(reader, viewer.scope, query.window))].map(spanDocument),
    flows: flows.map((flow) => flowDocument(flow, viewer)),
    next,
  };
}

/** All single flows of a query in the same order, at most `chunk` at a time; nothing is held in between. */
export async function* flowChunks(
  reader: Reader,
  viewer: FlowViewer,
  query: FlowsQuery,
  { after, chunk }: { readonly after: FlowPosition | null; readonly chunk: number },
): AsyncGenerator<readonly SingleFlow[], void> {
  const { fromMs, toMs } = query.window;
  const window = { fromMs, toMs: after === null ? toMs : Math.min(toMs, after.atMs + 1) };
  if (window.fromMs >= window.toMs) return;
  const { scope } = viewer;
  const chosen = await chooseFlows(reader, viewer, query.window, query);
  if (chosen?.length === 0) return;
  let last = after;
  for await (const span of flowSpans(reader, scope, chosen, { window, wanted: chunk })) {
    for (;;) {
      const found = await singleFlows(reader, scope, { ...span, chosen, after: last, limit: chunk });
      for (const flow of found) last = positionAfter(last, flow);
      if (found.length > 0) yield found;
      if (found.length < chunk) break;
    }
  }
}

function positionAfter(last: FlowPosition | null, { atMs, key }: SingleFlow): FlowPosition {
  const isAlike = last !== null && last.atMs === atMs && last.key === key;
  return { atMs, key, seen: isAlike ? last.seen + 1 : 1 };
}
