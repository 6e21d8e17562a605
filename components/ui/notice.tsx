import type { ReactNode } from 'react';

/** What stands where content would be: why there is none, and the next step to take. */
export function Notice({
  icon,
  title,
  tone = 'plain',
  isWide = false,
  actions,
  children,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly tone?: 'plain' | 'denied';
  readonly isWide?: boolean;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex h-full min-h-0 items-center justify-center overflow-auto p-6">
      <section
        role={tone === 'denied' ? 'alert' : undefined}
        className={`flex w-full flex-col gap-4 rounded-[10px] border border-line bg-surface p-6 shadow-float ${isWide ? 'max-w-[720px]' : 'max-w-[560px]'}`}
      >
        <div className="flex items-start gap-3.5">
          <span
            aria-hidden
            className={`mt-0.5 flex size-9 shrink-0 items-center justify-center rounded-[9px] [&_svg]:size-[18px] ${
              tone === 'denied' ? 'bg-denied/10 text-denied' : 'bg-accent-soft text-accent'
            }`}
          >
            {icon}
          </span>
          <div className="min-w-0 flex-1">
            <h2 className="text-base font-semibold tracking-[-0.01em]">{title}</h2>
            <div className="mt-1 text-[13px] leading-relaxed text-muted">{children}</div>
          </div>
        </div>
        {actions !== undefined && <div className="flex flex-wrap justify-end gap-2">{actions}</div>}
      </section>
    </div>
  );
}
