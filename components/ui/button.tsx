import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';

const base =
  'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-[7px] border text-[13px] font-medium whitespace-nowrap transition-colors select-none disabled:cursor-default disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0';

const looks = {
  plain: 'border-line bg-surface text-text hover:bg-hover data-popup-open:bg-hover',
  primary: 'border-transparent bg-accent text-accent-text hover:brightness-110',
  danger: 'border-denied/40 bg-surface text-denied hover:bg-denied/8',
  bare: 'border-transparent bg-transparent text-muted hover:bg-hover hover:text-text',
} as const;

export type ButtonLook = keyof typeof looks;

type ButtonProps = ComponentProps<'button'> & { readonly look?: ButtonLook };

/** A button with words on it. */
export function Button({ look = 'plain', className = '', type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={`${base} px-3 ${looks[look]} ${className}`} {...rest} />;
}

/** A button that is only an icon; `label` is what it is called. */
export function IconButton({
  label,
  look = 'bare',
  className = '',
  type = 'button',
  ...rest
}: ButtonProps & { readonly label: string }) {
  return (
    <button type={type} aria-label={label} className={`${base} w-8 ${looks[look]} ${className}`} {...rest} />
  );
}

/** A link to a file that the server makes; it looks like a button. */
export function DownloadLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <a href={href} download className={`${base} px-3 ${looks.plain}`}>
      {children}
    </a>
  );
}

/** A link that looks like a button. */
export function LinkButton({
  href,
  look = 'plain',
  children,
}: {
  readonly href: string;
  readonly look?: ButtonLook;
  readonly children: ReactNode;
}) {
  return (
    <Link href={href} className={`${base} px-3 ${looks[look]}`}>
      {children}
    </Link>
  );
}
