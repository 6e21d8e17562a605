import type { FlowRecord } from './flow-record.ts';

/**
 * A line that says what an earlier one said, at another time and on other ports. Logs are full of them, and
 * what was made of the earlier one is good again. `like` is the same object for all lines that are alike.
 */
export type FlowAgain = {
  readonly like: FlowRecord;
  /** Of its start and its end. */
  readonly startedAtMs: number;
  readonly clientPort: number;
  readonly serverPort: number;
};

/** The record that a whole reading of the line gives. */
export function recordOf({ like, startedAtMs, clientPort, serverPort }: FlowAgain): FlowRecord {
  return {
    ...like,
    startedAtMs,
    endedAtMs: startedAtMs,
    client: { ...like.client, port: clientPort },
    server: { ...like.server, port: serverPort },
  };
}
