import { Unlink } from 'lucide-react';
import { LinkButton } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';

/** What stands where a shared address opens nothing, whatever it was. */
export function LeadsNowhere({ title, detail }: { readonly title: string; readonly detail: string }) {
  return (
    <Notice icon={<Unlink />} title={title} actions={<LinkButton href="/">Open the graph</LinkButton>}>
      {detail}
    </Notice>
  );
}
