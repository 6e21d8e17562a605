/** A row of numbers as a line, oldest at the left; `text` says what a reader of the picture would see. */
export function Sparkline({ values, text }: { readonly values: readonly number[]; readonly text: string }) {
  const most = Math.max(...values, 1);
  const step = width / Math.max(1, values.length - 1);
  const points = values.map((value, index) => {
    const y = height - 1.5 - (value / most) * (height - 4);
    return `${(index * step).toFixed(1)} ${y.toFixed(1)}`;
  });
  return (
    <svg
      role="img"
      aria-label={text}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className="h-6 w-[112px] overflow-visible text-allowed"
    >
      <path
        d={`M0 ${height}L${points.join('L')}L${width} ${height}Z`}
        fill="currentColor"
        fillOpacity="0.12"
      />
      <path
        d={`M${points.join('L')}`}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

const width = 112;
const height = 24;
