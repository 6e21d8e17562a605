'use client';

import { Check, Copy } from 'lucide-react';
import { Button } from './button.tsx';
import { useCopy } from './use-copy.ts';

/** The content of a file, with a button that copies it. */
export function CodeBlock({ name, text }: { readonly name: string; readonly text: string }) {
  const { isCopied, copy } = useCopy(text);
  return (
    <div className="overflow-hidden rounded-[7px] border border-line bg-ground">
      <div className="flex h-8 items-center justify-between border-b border-line pr-1 pl-3">
        <span className="font-mono text-xs text-muted">{name}</span>
        <Button
          look="bare"
          className="h-6 px-2 text-xs"
          onClick={copy}
          aria-label={isCopied ? 'Copied' : `Copy ${name}`}
        >
          {isCopied ? <Check className="text-accent" /> : <Copy />}
          {isCopied ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-[380px] overflow-auto px-3 py-2.5 font-mono text-xs leading-relaxed outline-offset-[-2px]"
      >
        {text}
      </pre>
    </div>
  );
}
