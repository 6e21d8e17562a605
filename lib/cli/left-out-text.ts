import { placeText } from '#lib/inventory/place.ts';
import type { LoadedManifests } from '#lib/server/load-manifests.ts';
import { paint } from './paint.ts';

const SHOWN = 20;

/** What an answer does not take into account, and warnings, each with its place; for the error output. */
export function leftOutLines({
  notRead,
  warnings,
}: Pick<LoadedManifests, 'notRead' | 'warnings'>): readonly string[] {
  const errors = notRead.map(
    (one) => `${paint('red', 'not read')}  ${placeText(one)}\n          ${one.reason}`,
  );
  const others = warnings.map(
    ({ place, message }) => `${paint('yellow', 'warning')}   ${placeText(place)}\n          ${message}`,
  );
  return [...shortened(errors, 'that are not read'), ...shortened(others, 'warnings')];
}

function shortened(lines: readonly string[], what: string): readonly string[] {
  if (lines.length <= SHOWN) return lines;
  return [...lines.slice(0, SHOWN), `… and ${lines.length - SHOWN} more ${what}`];
}

export function printErrors(lines: readonly string[]): void {
  process.stderr.write(lines.map((line) => `${line}\n`).join(''));
}
