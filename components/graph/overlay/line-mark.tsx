import { type Tone, toneLooks } from '#lib/picture/overlay/tones.ts';

/** A short piece of a line as the picture draws it: colour, dash and end together. */
export function LineMark({ tone, width = 26 }: { readonly tone: Tone; readonly width?: number }) {
  const { colour, dash, end, opacity } = toneLooks[tone];
  const tip = width - 1;
  return (
    <svg aria-hidden width={width} height="10" viewBox={`0 0 ${width} 10`} className="shrink-0">
      <g stroke={`var(--${colour})`} strokeWidth="2" fill="none" opacity={Math.max(opacity, 0.55)}>
        <path d={`M0 5H${end === 'tee' ? tip : width}`} strokeDasharray={dash?.map(shortened).join(' ')} />
        {end === 'tee' && <path d={`M${tip} 1v8`} />}
      </g>
    </svg>
  );
}

/** A mark is shorter than a line: its pattern has to be seen all the same. */
function shortened(length: number): number {
  return Math.max(1.5, length * 0.75);
}
