/** Lines that leave as they are read, so that a long file takes no memory. */
export type Download = {
  readonly name: string;
  /** JSON lines where nothing is said. */
  readonly type?: string;
  readonly lines: AsyncIterator<string>;
};

/** Answers with a file; a failure on the way breaks the file off, so that it cannot pass for whole. */
export function downloadResponse({ name, type = 'application/x-ndjson', lines }: Download): Response {
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
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  });
}
