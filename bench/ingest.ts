import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';

import { disk, type Figures, growth, memory, parallel, speed } from './cases.ts';
import { CHANNELS, ZIPF_EXPONENT } from './flow-log.ts';
import { onStage, type Stage } from './stage.ts';

/**
 * `npm run bench:ingest -- [speed] [disk] [parallel] [memory] [growth] [--file FILE]` prints one JSON line per case.
 * Without a name it runs what takes less than five minutes. `--file` is a log to use for `speed`.
 * DATABASE_URL names a Postgres to make fresh databases on; without it an embedded one is used.
 */
const { values, positionals } = parseArgs({ options: { file: { type: 'string' } }, allowPositionals: true });

const cases: Readonly<Record<string, readonly ((stage: Stage) => Promise<Figures>)[]>> = {
  speed: [(stage) => speed(stage, values.file ?? null)],
  disk: [(stage) => disk(stage, 'hubble'), (stage) => disk(stage, 'calico')],
  parallel: [parallel],
  memory: [memory],
  growth: [growth],
};

const wanted = positionals.length > 0 ? positionals : ['speed', 'disk'];
const unknown = wanted.find((name) => cases[name] === undefined);
if (unknown !== undefined) {
  process.stderr.write(`${unknown} is no case: name some of ${Object.keys(cases).join(', ')}\n`);
  process.exit(2);
}

const data = values.file ?? `seed 1, ${CHANNELS} channels, Zipf ${ZIPF_EXPONENT}`;
const machine = `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
for (const name of wanted) {
  for (const measure of cases[name] ?? []) {
    const figures = await onStage(measure);
    process.stdout.write(`${JSON.stringify({ case: name, ...figures, data, machine })}\n`);
  }
}
