import { Check } from 'lucide-react';
import type { ComponentProps } from 'react';

type ChipProps = ComponentProps<'button'> & { readonly isOn: boolean };

/** A filter that is on or off; a tick says so too. */
export function Chip({ isOn, children, ...rest }: ChipProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`flex h-7 shrink-0 items-center gap-1 rounded-full border px-2.5 text-xs font-medium whitespace-nowrap disabled:cursor-default disabled:opacity-50 [&_svg]:size-3.5 ${
        isOn
          ? 'border-accent/60 bg-accent-soft text-text [&_svg]:text-accent'
          : 'border-line bg-surface text-muted enabled:hover:bg-hover enabled:hover:text-text'
      }`}
    >
      {isOn && <Check aria-hidden />}
      {children}
    </button>
  );
}
