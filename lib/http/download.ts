/** Lines that leave as they are read, so that a long file takes no memory. */
export type Download = { readonly name: string; readonly lines: AsyncIterator<string> };

/** Answers with JSON lines; a failure on the way breaks the file off, so that it cannot pass for whole. */
export function downloadResponse({ name, lines }: Download): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await lines.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    cancel: async () => {
      await lines.return?.();
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'application/x-ndjson',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  });
}
