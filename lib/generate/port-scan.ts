import { clientPortOf, drawExchange, type Exchange, type World } from '#lib/generate/exchange.ts';
import type { Random } from '#lib/generate/random.ts';

const scanLastsMs = 180_000;

/** Every scanning link tries its ports on one target, within three minutes from a moment on. */
export function scanExchanges(world: World, startedAtMs: number, random: Random): readonly Exchange[] {
  return world.estate.links
    .filter((link) => link.scannedPorts > 0)
    .flatMap((link) => {
      const stepMs = scanLastsMs / link.scannedPorts;
      const server = drawExchange(world, link, { startedAtMs, connections: 1, clientPort: 0 }, random).server;
      return Array.from({ length: link.scannedPorts }, (_, index) => {
        const occasion = {
          startedAtMs: startedAtMs + (index + 0.8 * random.next()) * stepMs,
          connections: 1,
          clientPort: clientPortOf(link, index),
          serverPort: scannedPort(link.port, index),
        };
        return { ...drawExchange(world, link, occasion, random), server };
      });
    });
}

/** Ports that people really try, and then some in a row. */
const wellKnown = [
  21, 22, 23, 25, 80, 110, 143, 389, 443, 445, 1433, 2379, 3306, 3389, 5432, 5900, 6379, 8000, 8080, 9200,
];

function scannedPort(first: number, index: number): number {
  return wellKnown[index] ?? first + index;
}
