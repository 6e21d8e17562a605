import { Circle, CircleCheck, TriangleAlert } from 'lucide-react';
import type { SourceState } from '#lib/contracts/sources.ts';

const marks = {
  live: { icon: CircleCheck, colour: 'text-accent', word: 'Live' },
  attention: { icon: TriangleAlert, colour: 'text-dropped', word: 'Needs attention' },
  old: { icon: Circle, colour: 'text-muted', word: 'Old' },
} as const;

/** How a source is: colour, form and word say the same. */
export function StateMark({ state }: { readonly state: SourceState }) {
  const { icon: Icon, colour, word } = marks[state];
  return (
    <span className={`flex items-center gap-1.5 font-medium ${colour}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {word}
    </span>
  );
}
