import { baseNamespaces } from '#lib/generate/base-namespaces.ts';
import type { Link } from '#lib/generate/estate.ts';
import {
  clientPortOf,
  createWorld,
  drawExchange,
  type Exchange,
  type World,
} from '#lib/generate/exchange.ts';
import { scanExchanges } from '#lib/generate/port-scan.ts';
import { createRandom, poisson } from '#lib/generate/random.ts';
import { rhythmAt } from '#lib/generate/rhythm.ts';

/** The demo is the same everywhere: nothing of it is drawn from the machine that shows it. */
const demoSeed = 20_260_617;
const trafficStream = 5;
const scanStream = 6;
const minuteMs = 60_000;
const minutesPerHour = 60;

// Four scans a day, so that every window of six hours has one to find.
const scanEveryMinutes = 360;
const scanAtMinute = 140;
// How many pairs of pods a minute's connections of a link are spread over at most.
const mostParts = 3;

/** The base estate, whose traffic moves with the clock. */
export function createDemoWorld(): World {
  return createWorld({ namespaces: baseNamespaces.length, workloads: null }, demoSeed);
}

/** What begins in one minute since the epoch: a function of the minute alone. */
export function demoExchanges(world: World, minute: number): readonly Exchange[] {
  const ordinary = world.estate.links.flatMap((link) =>
    link.perHour > 0 && link.outcome !== 'dropped' ? exchangesOf(world, link, minute) : [],
  );
  if (minute % scanEveryMinutes !== scanAtMinute) return ordinary;
  return [
    ...ordinary,
    ...scanExchanges(world, minute * minuteMs, createRandom(demoSeed, scanStream, minute)),
  ];
}

function exchangesOf(world: World, link: Link, minute: number): readonly Exchange[] {
  const startMs = minute * minuteMs;
  const random = createRandom(demoSeed, trafficStream, minute, link.id);
  const noise = 0.85 + 0.3 * random.next();
  const expected = (link.perHour / minutesPerHour) * rhythmAt(link.rhythm, startMs) * noise;
  const connections = poisson(random, expected);
  const parts = Math.min(connections, mostParts);
  return Array.from({ length: parts }, (_, part) =>
    drawExchange(
      world,
      link,
      {
        startedAtMs: startMs + Math.floor(random.next() * minuteMs),
        connections:
          Math.floor((connections * (part + 1)) / parts) - Math.floor((connections * part) / parts),
        clientPort: clientPortOf(link, minute * mostParts + part),
      },
      random,
    ),
  );
}
