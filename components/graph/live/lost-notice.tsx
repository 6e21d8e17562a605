import { TriangleAlert } from 'lucide-react';
import { formatClock } from '#components/ui/format-time.ts';

/** Over a live picture that no longer is one: how old it is. */
export function LostNotice({ heardAtMs }: { readonly heardAtMs: number | null }) {
  return (
    <p
      role="status"
      className="flex shrink-0 items-center gap-2 border-b border-line bg-dropped/10 px-3.5 py-1.5 text-text"
    >
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-dropped" />
      <span>
        The connection is lost; it is tried again by itself.{' '}
        {heardAtMs === null ? 'Nothing came yet.' : `What you see is of ${formatClock(heardAtMs)} and older.`}
      </span>
    </p>
  );
}
