import type { AuditKind } from '#lib/access/audit.ts';
import type { AuditEventDocument } from '#lib/contracts/audit.ts';

/** What each kind is called on the screen. */
export const kindNames: Readonly<Record<AuditKind, string>> = {
  'flows-read': 'Read flows',
  'audit-read': 'Read the audit log',
  'sign-in': 'Signed in',
  'sign-in-failed': 'Failed to sign in',
  'sign-out': 'Signed out',
  'user-created': 'Created a person',
  'user-changed': 'Changed a person',
  'user-removed': 'Removed a person',
  'access-changed': 'Changed access',
  'view-as': 'Viewed as somebody',
  'token-created': 'Made a token',
  'token-revoked': 'Revoked a token',
  'ingest-token-created': 'Made an ingest token',
  'ingest-token-revoked': 'Revoked an ingest token',
  'inventory-applied': 'Applied inventory',
  'rejected-retried': 'Retried rejected lines',
  'batch-undone': 'Took a batch back',
  purge: 'Purged flows',
  'demo-removed': 'Removed the demo',
  'draft-created': 'Tried policies',
  'draft-removed': 'Removed a draft',
  'view-saved': 'Saved a view',
  'view-changed': 'Changed a saved view',
  'view-removed': 'Removed a saved view',
  'layer-changed': 'Made or changed a layer',
  'layer-removed': 'Removed a layer',
  'link-created': 'Made a share link',
  'link-revoked': 'Revoked a share link',
  'snapshot-created': 'Made a snapshot',
  'snapshot-revoked': 'Revoked a snapshot',
  'snapshot-opened': 'Opened a public snapshot',
  'embed-created': 'Made an embed',
  'embed-revoked': 'Revoked an embed',
  'embed-opened': 'Opened an embed',
  'sharing-changed': 'Changed sharing',
};

/** A kind of a newer server is shown as it is. */
export function kindText(kind: string): string {
  return Object.entries(kindNames).find(([known]) => known === kind)?.[1] ?? kind;
}

/** Whoever it was, in a few words. */
export function actorText({ actor, details }: Pick<AuditEventDocument, 'actor' | 'details'>): string {
  switch (actor.kind) {
    case 'operator':
      return typeof details.account === 'string' ? `operator (${details.account})` : 'operator';
    case 'person':
      return `${actor.email ?? actor.userId ?? 'somebody'}${actor.tokenId === null ? '' : ` by token ${actor.tokenId}`}`;
    case 'nobody':
      return actor.email ?? 'nobody known';
  }
}

/** What was read or done, and of what: `flowloom graph: prod / shop`. */
export function subjectText({ question, clusters, namespaces, scope }: AuditEventDocument): string {
  const names = [clusters.join(', '), namespaces.join(', ')].filter((part) => part !== '').join(' / ');
  const subject = names === '' ? scopeText(scope) : names;
  return [question ?? '', subject].filter((part) => part !== '').join(': ');
}

function scopeText(scope: AuditEventDocument['scope']): string {
  if (scope === null) return '';
  if (scope.kind === 'estate') return 'the whole estate';
  return `all of ${scope.namespaces} ${scope.namespaces === 1 ? 'namespace' : 'namespaces'} in scope`;
}

/** The rest, as `name: value`; the account stands with the actor. */
export function detailText(details: AuditEventDocument['details']): string {
  return Object.entries(details)
    .filter(([name, value]) => name !== 'account' && value !== null && value !== '')
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join(' · ');
}

/** `2026-03-14 09:26:53`: to the second, in UTC, in the order in which it sorts. */
export function timeText(at: string): string {
  return at.slice(0, 19).replace('T', ' ');
}
