'use client';

import { useId } from 'react';
import { CopyButton } from './copy-button.tsx';

/** An address to hand on: copied with one click, or by hand where a browser copies nothing. */
export function AddressField({ label, address }: { readonly label: string; readonly address: string }) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-xs font-semibold">
        {label}
      </label>
      <div className="flex gap-1.5">
        <input
          id={id}
          readOnly
          value={address}
          onFocus={({ target }) => target.select()}
          className="h-8 min-w-0 flex-1 rounded-[7px] border border-line bg-ground px-2.5 font-mono text-xs text-text"
        />
        <CopyButton text={address} what={label.toLowerCase()} />
      </div>
    </div>
  );
}
