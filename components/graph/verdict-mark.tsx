import type { Verdict } from '#lib/flows/verdict.ts';

const dashes: Readonly<Record<Verdict, string | undefined>> = {
  allowed: undefined,
  denied: '5 3',
  dropped: '1.5 3',
};

/** A short piece of a line as the picture draws it: colour and dash together. */
export function VerdictMark({ verdict, width = 26 }: { readonly verdict: Verdict; readonly width?: number }) {
  const end = width - 1;
  return (
    <svg aria-hidden width={width} height="10" viewBox={`0 0 ${width} 10`} className="shrink-0">
      <g stroke={`var(--${verdict})`} strokeWidth="2" fill="none">
        <path d={`M0 5H${verdict === 'denied' ? end : width}`} strokeDasharray={dashes[verdict]} />
        {verdict === 'denied' && <path d={`M${end} 1v8`} />}
      </g>
    </svg>
  );
}
