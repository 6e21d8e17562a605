'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { FormDialog } from '#components/ui/form-dialog.tsx';
import type { ShareLink } from '#lib/contracts/links.ts';
import { NewEmbedForm } from './new-embed-form.tsx';

/** Lets other sites show a link that is on one's list. */
export function EmbedDialog({
  link: { key, name },
  origins,
}: {
  readonly link: ShareLink;
  readonly origins: readonly string[];
}) {
  const [isOpen, setOpen] = useState(false);
  const called = name === '' ? 'this link' : name;
  return (
    <FormDialog
      trigger={
        <Button className="h-7" aria-label={`Embed ${called}`}>
          Embed
        </Button>
      }
      title={`Embed ${called}`}
      isOpen={isOpen}
      onOpenChange={setOpen}
    >
      <NewEmbedForm linkKey={key} origins={origins} />
    </FormDialog>
  );
}
