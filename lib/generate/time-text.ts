/** A moment as RFC 3339 in UTC with nine decimals, as Hubble writes it; `atMs` may have a fraction. */
export function formatNanoseconds(atMs: number): string {
  const wholeMs = Math.floor(atMs);
  const nanoseconds = Math.floor((atMs - wholeMs) * 1e6);
  return `${new Date(wholeMs).toISOString().slice(0, -1)}${String(nanoseconds).padStart(6, '0')}Z`;
}
