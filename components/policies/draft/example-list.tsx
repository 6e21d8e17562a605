'use client';

import type { ExampleRow } from './change-view.ts';

/** Connections that stand for the rest, with what becomes of each and by what. */
export function ExampleList({ examples }: { readonly examples: readonly ExampleRow[] }) {
  return (
    <ul className="mt-1 flex flex-col gap-1.5 text-xs">
      {examples.map(({ key, text, change, by }) => (
        <li key={key}>
          <p className="font-mono text-[11.5px] break-words">{text}</p>
          <p className="text-muted">
            {change}
            {by !== '' && <>, {by}</>}
          </p>
        </li>
      ))}
    </ul>
  );
}
