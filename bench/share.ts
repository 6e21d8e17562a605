import { availableParallelism, cpus } from 'node:os';

import { svgCase } from './share/svg.ts';

/** `npm run bench:share` prints one JSON line: what sharing takes. A case is a file of bench/share. */
const machine = `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
process.stdout.write(`${JSON.stringify({ ...(await svgCase()), case: 'share', machine })}\n`);
