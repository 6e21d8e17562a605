import type { Compiled } from './compile.ts';
import { type Decided, decideOverCompletions, type Verdict } from './complete-world.ts';
import { evaluateDirection } from './evaluate-direction.ts';
import type { Hit, Unmatched } from './evidence.ts';
import type { Inquiry } from './inquiry.ts';
import type { Direction, Flow } from './model.ts';
import type { Walk } from './walk-tiers.ts';
import type { World } from './world.ts';

/** What one direction answers, and the steps that led there. */
export type DirectionAnswer = Decided & {
  readonly direction: Direction;
  readonly hits: readonly Hit[];
  readonly unmatched: readonly Unmatched[];
};

/** A flow is allowed where its source may send it and its destination may receive it. */
export type FlowAnswer = Decided & {
  readonly egress: DirectionAnswer;
  readonly ingress: DirectionAnswer;
};

export function evaluateFlow(compiled: Compiled, flow: Flow): FlowAnswer {
  const world: World = { flow, inherited: compiled.cluster, assumed: [] };
  const egress = answerDirection(compiled, world, 'egress');
  const ingress = answerDirection(compiled, world, 'ingress');
  return { ...combine(compiled, world, egress, ingress), egress, ingress };
}

function answerDirection(compiled: Compiled, world: World, direction: Direction): DirectionAnswer {
  const { walk } = walkIn(compiled, world, direction);
  const { hits, unmatched } = walk;
  if (walk.canAllow !== walk.canDeny) {
    const verdict = walk.canAllow ? 'allowed' : 'denied';
    return { verdict, missing: [], direction, hits, unmatched };
  }
  const decided = decideOverCompletions(world, (completed) => {
    const { inquiry, walk: possible } = walkIn(compiled, completed, direction);
    return { ...inquiry, possible };
  });
  return { ...decided, direction, hits, unmatched };
}

/** Two undecidable directions may hang on the same unknown, so that together they are decided after all. */
function combine(compiled: Compiled, world: World, egress: Decided, ingress: Decided): Decided {
  const verdict = together(egress.verdict, ingress.verdict);
  if (verdict !== null) return { verdict, missing: [] };
  if (egress.verdict === 'allowed') return ingress;
  if (ingress.verdict === 'allowed') return egress;
  return decideOverCompletions(world, (completed) => {
    const inquiry = inquire(compiled, completed);
    const one = evaluateDirection(inquiry, compiled, 'egress');
    const other = evaluateDirection(inquiry, compiled, 'ingress');
    const possible = {
      canAllow: one.canAllow && other.canAllow,
      canDeny: one.canDeny || other.canDeny,
    };
    return { ...inquiry, possible };
  });
}

/** Null where the verdicts alone do not tell. */
function together(egress: Verdict, ingress: Verdict): Verdict | null {
  if (egress === 'denied' || ingress === 'denied') return 'denied';
  return egress === 'allowed' && ingress === 'allowed' ? 'allowed' : null;
}

function walkIn(
  compiled: Compiled,
  world: World,
  direction: Direction,
): { readonly inquiry: Inquiry; readonly walk: Walk } {
  const inquiry = inquire(compiled, world);
  return { walk: evaluateDirection(inquiry, compiled, direction), inquiry };
}

function inquire(compiled: Compiled, world: World): Inquiry {
  return { world, directory: compiled.directory, open: null };
}
