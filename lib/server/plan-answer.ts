import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { finestGrain } from '#lib/db/sql/finest-grain.ts';
import { type AnsweredWindow, planWindow, type Span } from '#lib/kit/window.ts';

/** How a window is answered with what is kept: its ends widen to whole hours or days where nothing finer is. */
export async function planAnswer(reader: Reader, scope: Scope, requested: Span): Promise<AnsweredWindow> {
  return planWindow(requested, await finestGrain(reader, scope, requested));
}
