import { LockKeyhole } from 'lucide-react';
import type { ReactNode } from 'react';
import { LinkButton } from './button.tsx';
import { Notice } from './notice.tsx';

/** Stands for a page that whoever looks may not see: why not, and the way to what they may. */
export function RefusedNotice({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Notice
      icon={<LockKeyhole />}
      title={title}
      actions={<LinkButton href="/settings/access">What you may see and do</LinkButton>}
    >
      {children}
    </Notice>
  );
}
