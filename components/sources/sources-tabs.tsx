'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { formatCount } from '#lib/kit/format-number.ts';

const tabs = [
  { name: 'Sources', href: '/sources' },
  { name: 'Rejected', href: '/rejected' },
] as const;

/** The two sides of what comes in: what delivers, and what was refused of it. */
export function SourcesTabs({ rejected }: { readonly rejected: number | null }) {
  const path = usePathname();
  return (
    <nav aria-label="Sources" className="flex h-full items-stretch gap-1">
      {tabs.map(({ name, href }) => (
        <Link
          key={href}
          href={href}
          aria-current={path === href ? 'page' : undefined}
          className="flex items-center gap-1.5 border-b-2 border-transparent px-2.5 pt-0.5 font-semibold text-muted hover:text-text focus-visible:outline-offset-[-3px] aria-[current]:border-accent aria-[current]:text-text"
        >
          {name}
          {href === '/rejected' && rejected !== null && rejected > 0 && (
            <span className="tabular rounded-full bg-dropped/15 px-1.5 text-[11px] leading-[18px] font-semibold text-dropped">
              {formatCount(rejected)}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
