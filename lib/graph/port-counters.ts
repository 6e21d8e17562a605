import type { EdgeDetail } from '#lib/contracts/graph.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import type { DrawnTraffic, ServedPort, Sums } from './model.ts';
import { comparePorts } from './port-order.ts';
import { addSums, countersOf, noSums } from './sums.ts';

type PortCounters = EdgeDetail['ports'][number];

/** The traffic of one edge, port by port. */
export function portCounters(traffic: readonly DrawnTraffic[]): readonly PortCounters[] {
  const ports = new Map<string, ServedPort & { readonly sums: Record<Verdict, Sums> }>();
  for (const { protocol, port, verdict, sums } of traffic) {
    const key = `${protocol} ${port}`;
    const known = ports.get(key) ?? {
      protocol,
      port,
      sums: { allowed: noSums, denied: noSums, dropped: noSums },
    };
    known.sums[verdict] = addSums(known.sums[verdict], sums);
    ports.set(key, known);
  }
  return [...ports.values()]
    .map(({ protocol, port, sums }) => ({
      protocol,
      port,
      allowed: countersOf(sums.allowed),
      denied: countersOf(sums.denied),
      dropped: countersOf(sums.dropped),
    }))
    .sort(comparePorts);
}
