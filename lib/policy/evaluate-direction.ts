import type { Compiled } from './compile.ts';
import { type Exception, exceptionsOf } from './exceptions.ts';
import { ask, type Inquiry, labelledEnd } from './inquiry.ts';
import type { Direction } from './model.ts';
import type { Side } from './question.ts';
import { selectingIn } from './selecting.ts';
import { isSubject, take, type Walk, walkTiers } from './walk-tiers.ts';

/** What the policies of one end say in one world, with what holds whatever they say. */
export function evaluateDirection(inquiry: Inquiry, compiled: Compiled, direction: Direction): Walk {
  const side: Side = direction === 'egress' ? 'source' : 'destination';
  const endpoint = inquiry.world.flow[side];
  const walk: Walk = { hits: [], unmatched: [], canAllow: false, canDeny: false };
  if (endpoint.kind === 'unknown') {
    leaveOpen(inquiry, walk, `which policies apply to the ${side}`);
    return walk;
  }
  if (labelledEnd(endpoint) === null) {
    const reason = `no policy applies to a ${endpoint.isHostNetworked ? 'host-networked pod' : endpoint.kind}`;
    take(walk, { decision: { kind: 'exception', reason }, action: 'allow', isCertain: true });
    return walk;
  }
  walkTiers(inquiry, walk, side, selectingIn(compiled, direction, endpoint));
  for (const { title, subject } of compiled.unevaluated[direction]) {
    const selects = isSubject(inquiry, side, subject);
    if (selects === true) forget(walk);
    if (selects !== false) leaveOpen(inquiry, walk, `${title} not evaluated`);
  }
  for (const exception of exceptionsOf(inquiry, direction)) except(walk, exception);
  return walk;
}

/** Without the answer both verdicts are possible, and with one or the other just that one. */
function leaveOpen(inquiry: Inquiry, walk: Walk, missing: string): void {
  const allows = ask(inquiry, { about: 'other', missing });
  const decision = { kind: 'exception', reason: missing } as const;
  if (allows !== false) take(walk, { decision, action: 'allow', isCertain: allows === true });
  if (allows !== true) take(walk, { decision, action: 'deny', isCertain: allows === false });
}

function forget(walk: Walk): void {
  walk.canAllow = false;
  walk.canDeny = false;
}

function except(walk: Walk, { reason, holds }: Exception): void {
  if (!walk.canDeny || holds === false) return;
  if (holds === true) forget(walk);
  take(walk, { decision: { kind: 'exception', reason }, action: 'allow', isCertain: holds === true });
}
