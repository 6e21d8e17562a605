import type { EdgeChange } from '#lib/contracts/compare.ts';
import { changeSigns } from '#lib/picture/change-signs.ts';

const looks: Readonly<Record<EdgeChange, string>> = {
  new: 'border-transparent bg-accent text-accent-text',
  gone: 'border-muted border-dashed text-muted',
  more: 'border-text text-text',
  less: 'border-line text-muted',
  same: 'border-transparent text-muted',
};

/** The sign in a disc. */
export function ChangeMark({ change }: { readonly change: EdgeChange }) {
  return (
    <span
      aria-hidden
      className={`inline-flex size-4 shrink-0 items-center justify-center rounded-full border text-[9px] leading-none font-bold ${looks[change]}`}
    >
      {changeSigns[change]}
    </span>
  );
}
