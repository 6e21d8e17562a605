import type { Compiled } from '../compile.ts';
import type { Direction, Endpoint } from '../model.ts';
import type { Side } from '../question.ts';
import { type AtomTable, atomFile } from './atoms.ts';
import { type Applying, applyingIn } from './ends.ts';
import { type PackedRows, packRows } from './packed-rows.ts';
import { type RowTable, rowTable } from './rows.ts';

/** The policies of one direction, ready to be tried. */
type Way = {
  readonly table: RowTable;
  readonly packed: PackedRows;
  readonly applyingTo: (endpoint: Endpoint) => Applying;
};

export type Lookup = Readonly<Record<Direction, Way>> & {
  readonly atoms: Readonly<Record<Side, AtomTable>>;
};

export function lookupOf(compiled: Compiled): Lookup {
  const files = { source: atomFile(compiled, 'source'), destination: atomFile(compiled, 'destination') };
  const egress = rowTable(compiled.ordered.egress, 'egress', files);
  const ingress = rowTable(compiled.ordered.ingress, 'ingress', files);
  const atoms = { source: files.source.close(), destination: files.destination.close() };
  return {
    atoms,
    egress: {
      table: egress,
      packed: packRows(egress, atoms.destination.size),
      applyingTo: applyingIn(compiled, egress, 'egress'),
    },
    ingress: {
      table: ingress,
      packed: packRows(ingress, atoms.source.size),
      applyingTo: applyingIn(compiled, ingress, 'ingress'),
    },
  };
}
