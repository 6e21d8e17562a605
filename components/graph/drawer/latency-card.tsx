import type { LatencyDocument } from '#lib/contracts/latency.ts';
import { belowText, latencyWords } from '#lib/graph/latency-text.ts';
import { formatDuration, formatExact } from '#lib/kit/format-number.ts';
import { Card, DrawerTable, drawerRow } from './drawer-parts.tsx';

/** How long it took, by what was measured; or that nobody measured it, which is not 0. */
export function LatencyCard({ latency }: { readonly latency: readonly LatencyDocument[] }) {
  if (latency.length === 0) {
    return (
      <Card title="Latency">
        <p className="text-xs text-muted">
          Not known: no record of this edge measured it. NetObserv, Hubble’s L7 events and Calico’s TCP
          statistics do.
        </p>
      </Card>
    );
  }
  return (
    <DrawerTable
      caption="Latency"
      columns={['Latency', 'Average', '50 %', '95 %', 'Records']}
      className="text-right"
      more={null}
    >
      {latency.map(({ kind, meanUs, halfBelowUs, mostBelowUs, measured }) => (
        <tr key={kind} className={drawerRow}>
          <th scope="row" className="pl-3! text-left text-[13px] font-medium">
            {latencyWords[kind]}
          </th>
          <td className="whitespace-nowrap">{formatDuration(meanUs)}</td>
          <td className="whitespace-nowrap" title={`Half of them took ${belowText(halfBelowUs)}`}>
            {shortText(halfBelowUs)}
          </td>
          <td className="whitespace-nowrap" title={`95 of 100 took ${belowText(mostBelowUs)}`}>
            {shortText(mostBelowUs)}
          </td>
          <td className="pr-3!">{formatExact(measured)}</td>
        </tr>
      ))}
    </DrawerTable>
  );
}

function shortText(boundUs: number | null): string {
  return boundUs === null ? '> 100 s' : `< ${formatDuration(boundUs)}`;
}
