import type { ReactNode } from 'react';

/** The bar above a screen: what it is at the left, what can be done at the right. */
export function ScreenHeader({
  title,
  aside,
  children,
}: {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 border-b border-line bg-ground pr-3 pl-4">
      {title}
      {aside !== undefined && (
        <p className="tabular min-w-0 truncate text-muted" role="status">
          {aside}
        </p>
      )}
      <span className="min-w-2 flex-1" />
      <div className="contents print:hidden">{children}</div>
    </header>
  );
}
