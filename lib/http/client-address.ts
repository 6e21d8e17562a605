/**
 * Where a request comes from. Next notes the connection's address where no proxy named a client; a proxy adds
 * its client as the last one.
 */
export function clientAddress(headers: Headers): string {
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
}
