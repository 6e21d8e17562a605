import { closeSync, openSync, writeSync } from 'node:fs';

import { type LogSpec, linesOf } from './flow-log.ts';

/** Writes a log to a file; a process of its own, so that its memory and its time are not measured. */
const [file = '', spec = ''] = process.argv.slice(2);
const out = openSync(file, 'w');
for (const lines of linesOf(JSON.parse(spec) as LogSpec)) writeSync(out, `${lines.join('\n')}\n`);
closeSync(out);
