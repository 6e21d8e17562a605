import { randomUUID } from 'node:crypto';

import { idOf } from './id63.ts';

export function newRunId(): string {
  return idOf('run', randomUUID()).text;
}
