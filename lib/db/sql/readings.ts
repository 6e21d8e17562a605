import { portCode, verdictCode } from '#lib/db/codes.ts';
import type { Verdict } from '#lib/flows/verdict.ts';

/** How stored numbers read. */

export function readPort(port: number): number | 'other' | null {
  if (port === portCode.other) return 'other';
  return port === portCode.none ? null : port;
}

/** The other way round. */
export function writePort(port: number | 'other' | null): number {
  if (port === 'other') return portCode.other;
  return port ?? portCode.none;
}

export function readVerdict(code: number): Verdict {
  if (code === verdictCode.allowed) return 'allowed';
  return code === verdictCode.denied ? 'denied' : 'dropped';
}
