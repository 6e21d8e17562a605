'use client';

import { Check, Copy } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { useCopy } from '#components/ui/use-copy.ts';

type CopyButtonProps = {
  readonly text: string;
  /** What is copied, as in `Copy short link`. */
  readonly what: string;
  readonly className?: string;
};

/** Copies an address, and says that it did. */
export function CopyButton({ text, what, className = '' }: CopyButtonProps) {
  const { isCopied, copy } = useCopy(text);
  return (
    <Button
      className={className}
      aria-label={isCopied ? 'Copied' : `Copy ${what}`}
      onClick={() => void copy()}
    >
      {isCopied ? <Check className="text-accent" /> : <Copy className="text-muted" />}
      {isCopied ? 'Copied' : 'Copy'}
    </Button>
  );
}

/** Copies an address of this server. */
export function CopyAddress({ path, name }: { readonly path: string; readonly name: string }) {
  const text = `${globalThis.location?.origin ?? ''}${path}`;
  return <CopyButton text={text} what={name === '' ? 'address' : name} className="h-7" />;
}
