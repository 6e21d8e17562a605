import type { Compiled } from '../compile.ts';
import type { Direction } from '../model.ts';
import { atomFile } from './atoms.ts';
import type { Way } from './decide-over.ts';
import { type Ends, endPool } from './end-pool.ts';
import { applyingIn } from './ends.ts';
import { type PortClasses, portClasses } from './port-classes.ts';
import { type RowTable, rowTable } from './rows.ts';
import { ruleLists } from './rule-lists.ts';
import { tierEnds } from './tier-ends.ts';

export type Lookup = Readonly<Record<Direction, Way>> & {
  readonly classes: PortClasses;
  readonly ends: Ends;
};

export function lookupOf(compiled: Compiled, remembered: number): Lookup {
  const files = { source: atomFile(compiled, 'source'), destination: atomFile(compiled, 'destination') };
  const egress = rowTable(compiled.ordered.egress, 'egress', files);
  const ingress = rowTable(compiled.ordered.ingress, 'ingress', files);
  const classes = portClasses([...egress.rows, ...ingress.rows]);
  const wayOver = (table: RowTable): Way => ({
    table,
    lists: ruleLists(table, classes, remembered),
    tierEnds: tierEnds(table),
  });
  return {
    egress: wayOver(egress),
    ingress: wayOver(ingress),
    classes,
    ends: endPool(
      { atoms: files.source.close(), applyingTo: applyingIn(compiled, egress, 'egress') },
      { atoms: files.destination.close(), applyingTo: applyingIn(compiled, ingress, 'ingress') },
    ),
  };
}
