import { formatSpan } from '#components/ui/format-time.ts';
import { useShortList } from '#components/ui/short-list.tsx';
import type { EdgeDetail } from '#lib/contracts/graph.ts';
import { Card } from './drawer-parts.tsx';

/** The addresses behind an end that no namespace stands for: whom to block, or whom to ask. */
export function AddressCard({
  side,
  addresses: { known, more: isMore },
  window,
}: {
  readonly side: 'Client' | 'Server';
  readonly addresses: EdgeDetail['addresses']['client'];
  readonly window: EdgeDetail['addresses']['window'];
}) {
  const { shown, more } = useShortList(known, 8, 'addresses');
  if (known.length === 0) return null;
  const toMs = Date.parse(window.to);
  return (
    <Card title={`${side} addresses`} aside={formatSpan(Date.parse(window.from), toMs, toMs)}>
      <ul className="tabular grid grid-cols-2 gap-x-3 gap-y-0.5 font-mono text-[11.5px]">
        {shown.map((address) => (
          <li key={address} className={address.length > 20 ? 'col-span-2 break-all' : 'truncate'}>
            {address}
          </li>
        ))}
      </ul>
      {(more || isMore) && (
        <div className="mt-1.5 flex items-baseline justify-between gap-2">
          {more}
          {isMore && <span className="text-[11.5px] text-muted">and others, not kept one by one</span>}
        </div>
      )}
    </Card>
  );
}
