/**
 * What became of a flow, as recorded when it happened: `allowed`, `denied` (a policy decided) or
 * `dropped` (lost for another reason, which the record keeps).
 */
export type Verdict = 'allowed' | 'denied' | 'dropped';

/** The side that logged the flow; `unknown` where the record does not tell (Hubble on the wire). */
export type Reporter = 'source' | 'destination' | 'unknown';
