import type { Shield } from '#lib/picture/overlay/overlay.ts';
import { dottedOutline, shieldLooks, shieldOutline } from '#lib/picture/overlay/shields.ts';

/** A shield as the picture draws it. */
export function ShieldMark({ shield }: { readonly shield: Shield }) {
  const { colour, sign, isFilled, isDotted } = shieldLooks[shield];
  return (
    <svg
      aria-hidden
      viewBox="0 0 16 16"
      className="size-4 shrink-0"
      fill="none"
      stroke={`var(--${colour})`}
      strokeWidth="1.35"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path
        d={shieldOutline}
        fill={isFilled ? `var(--${colour})` : 'none'}
        fillOpacity="0.2"
        strokeDasharray={isDotted ? dottedOutline : undefined}
      />
      <path d={sign} />
    </svg>
  );
}
