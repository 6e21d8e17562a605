import Link from 'next/link';
import { formatCount, formatExact } from '#lib/kit/format-number.ts';
import { type HitRow, noHit, type TraceView } from '../detail-view.ts';
import { VerdictMark } from '../verdict-mark.tsx';
import { Card, Pill } from './drawer-parts.tsx';

const actionTones = { allow: 'allowed', deny: 'denied', pass: 'plain' } as const;

/** The policies of one direction in the order of evaluation; what staged policies would do stands apart. */
export function TraceCard({ trace, end }: { readonly trace: TraceView; readonly end: string }) {
  const side = trace.direction === 'egress' ? 'Out of' : 'Into';
  return (
    <Card
      title={`${side} ${end}`}
      aside={
        <span className="flex items-center gap-1.5" title={`${formatExact(trace.flows)} flows`}>
          <VerdictMark verdict={trace.verdict} width={16} />
          {formatCount(trace.flows)} {trace.verdict}
        </span>
      }
    >
      {trace.enforced.length > 0 && <HitList hits={trace.enforced} />}
      {trace.enforced.length === 0 && <p className="text-xs text-muted">{noHit(trace.isHidden)}.</p>}
      {trace.enforced.length > 0 && trace.isHidden && (
        <p className="text-xs text-muted">There are policies here that you may not see.</p>
      )}
      {trace.pending.length > 0 && (
        <div className="mt-2 border-t border-dashed border-staged/50 pt-1.5">
          <p className="text-[11.5px] font-semibold text-staged">If the staged policies were enforced</p>
          <HitList hits={trace.pending} isStaged />
        </div>
      )}
    </Card>
  );
}

function HitList({
  hits,
  isStaged = false,
}: {
  readonly hits: readonly HitRow[];
  readonly isStaged?: boolean;
}) {
  return (
    <ol>
      {hits.map((hit) => (
        <li key={hit.key} className="flex h-[27px] items-center gap-2">
          <span className="w-[62px] shrink-0 truncate text-xs text-muted" title={hit.tier}>
            {hit.tier}
          </span>
          <span className="min-w-0 flex-1 truncate font-mono text-[11.5px]" title={hit.title}>
            {hit.href === null ? (
              hit.name
            ) : (
              <Link href={hit.href} className="hover:underline">
                {hit.name}
              </Link>
            )}
          </span>
          <Pill tone={isStaged ? 'staged' : hit.action === null ? 'plain' : actionTones[hit.action]}>
            {hit.text}
          </Pill>
        </li>
      ))}
    </ol>
  );
}
