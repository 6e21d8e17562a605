import type { ReactNode } from 'react';
import { Logo } from '#components/ui/logo.tsx';
import { ThemeToggle } from '#components/ui/theme-toggle.tsx';

/** The page around whatever comes before the estate: the product's name, and one card in the middle. */
export function AuthFrame({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <main className="dotted-ground flex h-dvh flex-col items-center overflow-auto px-6 py-10">
      <div className="fixed top-3 right-3">
        <ThemeToggle />
      </div>
      <div className="my-auto w-full max-w-[380px]">
        <div className="mb-5 flex items-center justify-center gap-2.5">
          <span className="flex size-8 items-center justify-center rounded-[9px] bg-accent text-accent-text">
            <Logo className="size-6" />
          </span>
          <span className="text-[17px] font-semibold tracking-[-0.02em]">Flowloom</span>
        </div>
        <section className="rounded-[10px] border border-line bg-surface p-6 shadow-float">
          <h1 className="text-base font-semibold tracking-[-0.01em]">{title}</h1>
          {lead !== undefined && <div className="mt-1 text-[13px] leading-relaxed text-muted">{lead}</div>}
          <div className="mt-5">{children}</div>
        </section>
      </div>
    </main>
  );
}
