import type { Verdict } from '#lib/flows/verdict.ts';
import { LineMark } from './overlay/line-mark.tsx';

/** A short piece of a line as the picture draws a verdict. */
export function VerdictMark({ verdict, width = 26 }: { readonly verdict: Verdict; readonly width?: number }) {
  return <LineMark tone={verdict} width={width} />;
}
