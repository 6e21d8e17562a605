import { createHash } from 'node:crypto';

/** base64url of the first 12 bytes of SHA-256(source id, NUL, target id), over the ids as the viewer sees them. */
export function edgeId(sourceId: string, targetId: string): string {
  return createHash('sha256')
    .update(`${sourceId}\0${targetId}`)
    .digest()
    .subarray(0, 12)
    .toString('base64url');
}
