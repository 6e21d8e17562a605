import { Compass } from 'lucide-react';
import { LinkButton } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';

/** An address that leads nowhere. */
export default function NotFound() {
  return (
    <main className="h-dvh">
      <Notice
        icon={<Compass />}
        title="There is no such page"
        actions={<LinkButton href="/">Go to the graph</LinkButton>}
      >
        The address may be mistyped, or the page was removed.
      </Notice>
    </main>
  );
}
