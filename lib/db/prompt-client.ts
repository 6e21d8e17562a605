import { Socket } from 'node:net';
import pg from 'pg';
import { DatabaseStalled } from './database-away.ts';

export type Patience = {
  /** A connection is open by then, or never. */
  readonly connectMs: number;
  /** A question is cut off when nothing came or went over its connection for so long. */
  readonly quietMs: number;
};

/**
 * Connections that do not wait for ever. A stopped Postgres, a disk that hangs, a network that swallows:
 * each takes a question without a word for as long as one waits, and only a look at the socket tells.
 */
export function promptClient({ connectMs, quietMs }: Patience): new (config?: pg.ClientConfig) => pg.Client {
  return class extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super({ ...config, connectionTimeoutMillis: connectMs });
      // Only now: with TLS the socket of the beginning is another one.
      this.once('connect', () => {
        const { stream } = this.connection;
        if (stream instanceof Socket) stream.setTimeout(quietMs, () => this.cutIfAsked(stream));
      });
    }

    /** While nobody asks anything, a connection may be quiet. */
    private cutIfAsked(stream: Socket): void {
      if (isAsked(this)) stream.destroy(new DatabaseStalled(`Postgres said nothing for ${quietMs / 1000} s`));
    }
  };
}

/** pg says so in a field that its types leave out. */
function isAsked(client: pg.Client): boolean {
  return 'readyForQuery' in client && client.readyForQuery === false;
}
