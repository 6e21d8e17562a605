import type { ReactNode } from 'react';
import { SettingsList } from '#components/access/settings-list.tsx';
import { pageAccess } from '#lib/http/page-access.ts';

/** The settings: their list at the left, one of them beside it. */
export default async function SettingsLayout({ children }: { readonly children: ReactNode }) {
  const admitted = await pageAccess();
  return (
    <div className="flex min-h-0 flex-1 print:block">
      <SettingsList rights={[...(admitted?.access.rights ?? [])]} />
      <div className="flex min-w-0 flex-1 flex-col print:block">{children}</div>
    </div>
  );
}
