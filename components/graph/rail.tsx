'use client';

import { Cable, ListTree, Settings, Share2, Shield, UsersRound } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { Logo } from '#components/ui/logo.tsx';
import { ThemeToggle } from '#components/ui/theme-toggle.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';

const screens = [
  { name: 'Graph', href: '/', icon: Share2, paths: ['/'] },
  { name: 'Teams', href: '/teams', icon: UsersRound, paths: ['/teams', '/namespaces'] },
  { name: 'Flows', href: '/flows', icon: ListTree, paths: ['/flows'] },
  { name: 'Policies', href: '/policies', icon: Shield, paths: ['/policies'] },
  { name: 'Sources', href: '/sources', icon: Cable, paths: ['/sources', '/sources/new', '/rejected'] },
  { name: 'Settings', href: '/settings/access', icon: Settings, paths: ['/settings'] },
] as const;

/**
 * The way between screens. Only what exists is on it; who is signed in stands at its end. A screen is asked for
 * when somebody points at it: all of them at once would hold up the one that is opened.
 */
export function Rail({ children }: { readonly children: ReactNode }) {
  const path: string = usePathname();
  const router = useRouter();
  return (
    <nav
      aria-label="Screens"
      className="flex w-12 shrink-0 flex-col items-center gap-1 border-r border-line bg-ground py-[9px] print:hidden"
    >
      <Link
        href="/"
        aria-label="Flowloom, start"
        className="mb-2 flex size-7 items-center justify-center rounded-[8px] bg-accent text-accent-text"
      >
        <Logo />
      </Link>
      {screens.map(({ name, href, icon: Icon, paths }) => (
        <Tooltip key={name} text={name} side="right">
          <Link
            href={href}
            prefetch={false}
            onPointerEnter={() => router.prefetch(href)}
            onFocus={() => router.prefetch(href)}
            aria-label={name}
            aria-current={
              paths.some((own) => own === path || (own !== '/' && path.startsWith(`${own}/`)))
                ? 'page'
                : undefined
            }
            className="flex size-9 items-center justify-center rounded-[8px] border border-transparent text-muted hover:bg-hover hover:text-text aria-[current]:border-line aria-[current]:bg-surface aria-[current]:text-text"
          >
            <Icon className="size-[17px]" aria-hidden />
          </Link>
        </Tooltip>
      ))}
      <span className="flex-1" />
      <ShortcutsDialog />
      <ThemeToggle />
      {children}
    </nav>
  );
}
