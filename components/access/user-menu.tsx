'use client';

import { Menu } from '@base-ui/react/menu';
import { LogOut, MonitorX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { signOut } from '#lib/client/sign-in.ts';
import { useSubmit } from '#lib/client/use-submit.ts';

/** Who is signed in, and the ways out. */
export function UserMenu({ email, groups }: { readonly email: string; readonly groups: readonly string[] }) {
  const here = useSubmit(() => signOut('here'));
  const everywhere = useSubmit(() => signOut('everywhere'));
  const problem = here.problem ?? everywhere.problem;
  // Inside the rail, so that the menu belongs to a landmark of the page.
  const [place, setPlace] = useState<HTMLElement | null>(null);
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={`Account of ${email}`}
        className="mt-1 flex size-8 items-center justify-center rounded-full border border-line bg-accent-soft text-[11px] font-semibold text-accent uppercase hover:bg-hover data-popup-open:bg-hover"
      >
        {initials(email)}
      </Menu.Trigger>
      <div ref={setPlace} />
      <Menu.Portal container={place}>
        <Menu.Positioner side="right" align="end" sideOffset={8} className="z-50">
          <Menu.Popup className="pop w-60 rounded-[10px] border border-line bg-raised p-1.5 shadow-float outline-none">
            <Menu.Group>
              <Menu.GroupLabel className="px-2.5 pt-1.5 pb-2.5">
                <span className="block text-[13px] font-semibold break-words">{email}</span>
                <span className="mt-0.5 block text-xs break-words text-muted">
                  {groups.length === 0 ? 'in no group' : groups.join(', ')}
                </span>
              </Menu.GroupLabel>
              <Item icon={<LogOut />} onClick={() => void here.run()}>
                Sign out
              </Item>
              <Item icon={<MonitorX />} onClick={() => void everywhere.run()}>
                Sign out everywhere
              </Item>
            </Menu.Group>
            {problem !== null && (
              <p role="alert" className="px-2.5 py-2 text-xs text-denied">
                {problem.title}. {problem.detail}
              </p>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Item({
  icon,
  onClick,
  children,
}: {
  readonly icon: ReactNode;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Menu.Item
      onClick={onClick}
      // Only leaving the page ends it: what went wrong is shown here.
      closeOnClick={false}
      className="flex h-8 cursor-pointer items-center gap-2.5 rounded-[7px] px-2.5 text-[13px] outline-none select-none data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:text-muted"
    >
      {icon}
      {children}
    </Menu.Item>
  );
}

/** Of `ada.lovelace@…` the letters A and L, else the first two. */
function initials(email: string): string {
  const [name = ''] = email.split('@');
  const [first = '', second = ''] = name.split(/[._+-]/).filter((part) => part !== '');
  return second === '' ? name.slice(0, 2) : first.slice(0, 1) + second.slice(0, 1);
}
