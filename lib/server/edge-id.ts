import { hash } from 'node:crypto';

/** base64url of the first 12 bytes of SHA-256(source id, NUL, target id), over the ids as the viewer sees them. */
export function edgeId(sourceId: string, targetId: string): string {
  return hash('sha256', `${sourceId}\0${targetId}`, 'base64url').slice(0, 16);
}
