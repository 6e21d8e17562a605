import type { ChannelEntry } from './dimension-entries.ts';
import type { Memory } from './dimensions.ts';
import type { RowForm } from './flow-rows.ts';
import type { Id } from './id63.ts';
import type { TraceIds } from './trace-cells.ts';
import type { TupleHash } from './tuple-hash.ts';

/** What names a record, looked up once for it and for all that repeat it. */
export type Named = {
  readonly channel: ChannelEntry;
  readonly traces: TraceIds;
  /** The cluster that logged it. */
  readonly cluster: string;
};

/** What tells packets apart, without their ports. */
export type PacketEnds = {
  readonly origin: TupleHash;
  readonly client: TupleHash;
  readonly server: TupleHash;
};

/** For which records the names hold. */
export type Standing = {
  readonly memory: Memory;
  readonly day: number;
  readonly serverPort: number | null;
  /** The batch that writes the names; null where all of them are stored. */
  readonly batch: Id | null;
};

/** What a batch made of a record, kept at the pattern that others repeat (KnownLine.like). */
export class Repeat {
  readonly named: Named;
  readonly row: RowForm;
  /** null where no events are told apart, or not all is known that it takes. */
  readonly ends: PacketEnds | null;
  readonly standing: Standing;

  constructor(named: Named, row: RowForm, ends: PacketEnds | null, standing: Standing) {
    this.named = named;
    this.row = row;
    this.ends = ends;
    this.standing = standing;
  }

  holds(memory: Memory, batch: Id, day: number, port: number): boolean {
    const { standing } = this;
    const isNamed = standing.batch === null || standing.batch === batch;
    return isNamed && standing.day === day && standing.serverPort === port && standing.memory === memory;
  }
}
