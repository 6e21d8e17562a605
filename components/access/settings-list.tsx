'use client';

import { Globe, KeyRound, Link2, ScrollText, Share2, Snowflake, UserRound, UsersRound } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { Right } from '#lib/access/roles.ts';

type Entry = {
  readonly name: string;
  readonly href: string;
  readonly icon: typeof ScrollText;
  /** What it takes to see it; null: it is for everybody. */
  readonly right: Right | null;
};

const settings: readonly Entry[] = [
  { name: 'Your access', href: '/settings/access', icon: UserRound, right: null },
  { name: 'API tokens', href: '/settings/tokens', icon: KeyRound, right: null },
  { name: 'Share links', href: '/settings/links', icon: Share2, right: null },
  { name: 'Snapshots', href: '/settings/snapshots', icon: Snowflake, right: null },
  { name: 'People', href: '/settings/people', icon: UsersRound, right: 'access' },
  { name: 'Roles and bindings', href: '/settings/bindings', icon: Link2, right: 'access' },
  { name: 'Sharing', href: '/settings/sharing', icon: Globe, right: 'access' },
  { name: 'Audit log', href: '/settings/audit', icon: ScrollText, right: 'audit' },
];

/** What can be set and looked up. Only what exists is on it, for whoever may see it. */
export function SettingsList({ rights }: { readonly rights: readonly Right[] }) {
  const path = usePathname();
  return (
    <nav
      aria-label="Settings"
      className="w-48 shrink-0 border-r border-line bg-ground px-2 py-3 print:hidden"
    >
      <p aria-hidden className="px-2.5 pb-2 text-xs font-medium text-muted">
        Settings
      </p>
      <ul className="flex flex-col gap-0.5">
        {settings
          .filter(({ right }) => right === null || rights.includes(right))
          .map(({ name, href, icon: Icon }) => (
            <li key={href}>
              <Link
                href={href}
                aria-current={path === href ? 'page' : undefined}
                className="flex h-8 items-center gap-2 rounded-[7px] border border-transparent px-2.5 text-muted hover:bg-hover hover:text-text aria-[current]:border-line aria-[current]:bg-surface aria-[current]:font-medium aria-[current]:text-text"
              >
                <Icon aria-hidden className="size-4 shrink-0" />
                {name}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}
