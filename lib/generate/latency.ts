import type { External, LinkEnd } from '#lib/generate/estate.ts';
import type { Exchange } from '#lib/generate/exchange.ts';
import type { Node } from '#lib/generate/placement.ts';
import { createRandom } from '#lib/generate/random.ts';

const roundTripStream = 7;
const answerStream = 8;
const zones = 3;
const sameNodeUs = 70;
const sameZoneUs = 240;
const otherZoneUs = 950;

/** What a way out of the cluster takes. */
const outsideUs: Readonly<Record<External['kind'], number>> = {
  public: 28_000,
  domain: 14_000,
  private: 5_000,
  networkset: 3_000,
  'kube-apiserver': 350,
  'remote-node': 260,
};

// One link in so many has a server that takes long to answer.
const slowOneIn = 17;

/** What a TCP connection's kernel measures, in microseconds: how far its ends are apart, and a little more. */
export function roundTripUs({ link, client, server, clientPort, startedAtMs }: Exchange): number {
  const random = createRandom(roundTripStream, link.id, clientPort, Math.floor(startedAtMs));
  const base =
    client.pod !== null && server.pod !== null
      ? apartUs(client.pod.node, server.pod.node)
      : Math.max(outOf(link.from), outOf(link.to));
  // Seldom much more: a queue somewhere.
  return Math.round(base * (0.75 + 0.5 * random.next() + 3 * random.next() ** 12));
}

/** From a question to its answer, in microseconds: the round trip, and what the server makes of it. */
export function answerUs(exchange: Exchange): number {
  const { link, clientPort, startedAtMs } = exchange;
  const own = createRandom(answerStream, link.id);
  const usual =
    link.layer7 === 'dns' ? 300 : own.below(slowOneIn) === 0 ? 450_000 : 2_000 + own.below(40_000);
  const random = createRandom(answerStream, link.id, clientPort, Math.floor(startedAtMs));
  return roundTripUs(exchange) + Math.round(usual * (0.5 + random.next() + 4 * random.next() ** 8));
}

function apartUs(one: Node, other: Node): number {
  if (one.name === other.name) return sameNodeUs;
  return zoneOf(one) === zoneOf(other) ? sameZoneUs : otherZoneUs;
}

function zoneOf({ name }: Node): number {
  return Number(/\d+$/.exec(name)?.[0] ?? 0) % zones;
}

function outOf(end: LinkEnd): number {
  return end.kind === 'external' ? outsideUs[end.external.kind] : 0;
}
