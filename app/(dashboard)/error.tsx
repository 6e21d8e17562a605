'use client';

import { CircleAlert } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';

/** What stands in place of a screen that failed while drawing itself. */
export default function ScreenError({ error, reset }: { readonly error: Error; readonly reset: () => void }) {
  return (
    <Notice
      icon={<CircleAlert />}
      tone="denied"
      title="This screen failed to draw"
      actions={<Button onClick={reset}>Draw it again</Button>}
    >
      {error.message}
    </Notice>
  );
}
