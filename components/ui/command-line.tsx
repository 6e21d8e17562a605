'use client';

import { Check, Copy } from 'lucide-react';
import { IconButton } from './button.tsx';
import { useCopy } from './use-copy.ts';

/** A command to run in a terminal, with a button that copies it. */
export function CommandLine({ command }: { readonly command: string }) {
  const { isCopied, copy } = useCopy(command);
  return (
    <div className="flex items-center gap-1 rounded-[7px] border border-line bg-ground py-0.5 pr-0.5 pl-3">
      <code
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long command scrolls, so the keyboard must reach it
        tabIndex={0}
        className="min-w-0 flex-1 overflow-x-auto py-1 font-mono text-xs whitespace-nowrap text-text"
      >
        {command}
      </code>
      <IconButton label={isCopied ? 'Copied' : `Copy: ${command}`} className="size-7 w-7" onClick={copy}>
        {isCopied ? <Check className="text-accent" /> : <Copy />}
      </IconButton>
    </div>
  );
}
