import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of another site, on a port of its own: what stands in it can be changed. */
export type ForeignPage = {
  readonly origin: string;
  readonly show: (body: string) => void;
  readonly close: () => Promise<void>;
};

export async function openForeignPage(): Promise<ForeignPage> {
  let shown = '';
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><html lang="en"><title>Wiki</title><main><h1>Runbook</h1>${shown}</main></html>`,
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    // Another site than 127.0.0.1, so that no cookie of Flowloom's comes along.
    origin: `http://localhost:${port}`,
    show: (body) => {
      shown = body;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
