import type { ReactNode } from 'react';
import { SettingsList } from '#components/access/settings-list.tsx';

/** The settings: their list at the left, one of them beside it. */
export default function SettingsLayout({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex min-h-0 flex-1">
      <SettingsList />
      <div className="flex min-w-0 flex-1 flex-col">{children}</div>
    </div>
  );
}
