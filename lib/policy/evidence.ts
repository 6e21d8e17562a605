import type { Policy } from './model.ts';

/** One step of an evaluation, in the order in which it was taken. */
export type Hit = {
  readonly decision:
    | { readonly kind: 'rule'; readonly tier: string; readonly policy: Policy; readonly ruleIndex: number }
    /** The tier's default action; the trigger is the first policy of the tier that selected the endpoint. */
    | { readonly kind: 'end-of-tier'; readonly tier: string; readonly trigger: Policy }
    | { readonly kind: 'profile' }
    /** What holds whatever policies say, or what is not known to hold. */
    | { readonly kind: 'exception'; readonly reason: string };
  readonly action: 'allow' | 'deny' | 'pass';
  /** False where a completion of what is not known takes another way. */
  readonly isCertain: boolean;
};

/** A policy that selected the endpoint in that direction, and none of whose rules matched. */
export type Unmatched = { readonly tier: string; readonly policy: Policy; readonly isCertain: boolean };
