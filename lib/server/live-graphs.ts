import { createHash } from 'node:crypto';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { log } from '#lib/telemetry/log.ts';

/** A graph at one moment; equal graphs have the same id, whoever asked for them and when. */
export type Version = { readonly id: string; readonly document: GraphDocument };

/** One reader's part in a question. */
export type Seat = {
  /** The newest graph; asked for at once where nobody else is reading it. */
  readonly newest: () => Promise<Version>;
  /** A graph that was the newest a short time ago; null where nobody remembers it. */
  readonly remembered: (id: string) => Version | null;
  readonly leave: () => void;
};

export type LiveGraphs = {
  /**
   * Takes part in a question that is asked once a tick for all who take part in it under one key. `onTick` is
   * told of every answer, also of one that is the same as before.
   */
  readonly join: (key: string, ask: () => Promise<GraphDocument>, onTick: (version: Version) => void) => Seat;
  readonly questions: () => number;
};

// As many as a reader may miss who loses the connection and comes back.
const mostRemembered = 12;

type Question = {
  readonly ask: () => Promise<GraphDocument>;
  readonly readers: Set<(version: Version) => void>;
  readonly versions: Version[];
  asking: Promise<Version> | null;
  timer: NodeJS.Timeout | null;
};

/**
 * Asks distinct questions once a tick, however many read the answers. The key has to hold whatever the answer
 * depends on, the scope first: what has one key is told to all who have it.
 */
export function createLiveGraphs({ tickMs }: { readonly tickMs: number }): LiveGraphs {
  const questions = new Map<string, Question>();

  const askNow = (question: Question): Promise<Version> => {
    question.asking ??= ask(question).finally(() => {
      question.asking = null;
    });
    return question.asking;
  };

  /** The next tick begins when this one is answered: a slow database is not asked faster than it answers. */
  const goOn = (key: string, question: Question): void => {
    question.timer = setTimeout(async () => {
      if (question.readers.size === 0) {
        questions.delete(key);
        return;
      }
      try {
        const version = await askNow(question);
        for (const tell of question.readers) tell(version);
      } catch (error) {
        // Readers hear nothing, and see that what they have is old.
        log.warn({ err: error }, 'a live graph could not be read; it is asked for again');
      }
      goOn(key, question);
    }, tickMs);
    question.timer.unref();
  };

  return {
    join: (key, ask_, onTick) => {
      let question = questions.get(key);
      if (question === undefined) {
        question = { ask: ask_, readers: new Set(), versions: [], asking: null, timer: null };
        questions.set(key, question);
        goOn(key, question);
      }
      const joined = question;
      joined.readers.add(onTick);
      return {
        newest: () => {
          const newest = joined.versions.at(-1);
          return newest === undefined ? askNow(joined) : Promise.resolve(newest);
        },
        remembered: (id) => joined.versions.find((version) => version.id === id) ?? null,
        leave: () => void joined.readers.delete(onTick),
      };
    },
    questions: () => questions.size,
  };
}

async function ask({ ask: read, versions }: Question): Promise<Version> {
  const document = await read();
  const id = createHash('sha256').update(JSON.stringify(document)).digest('base64url').slice(0, 22);
  const known = versions.find((version) => version.id === id);
  if (known !== undefined && versions.at(-1) === known) return known;
  const version = known ?? { id, document };
  if (known !== undefined) versions.splice(versions.indexOf(known), 1);
  versions.push(version);
  if (versions.length > mostRemembered) versions.shift();
  return version;
}
