import { pino } from 'pino';

/** The log of the process: JSON lines on standard error, so that standard output stays a command's own. */
export const log = pino({ name: 'flowloom' }, process.stderr);
