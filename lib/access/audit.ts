import type { Viewer } from './viewer.ts';

/** Everything that the audit log tells apart. A kind is never renamed: old rows keep it. */
export const auditKinds = [
  'flows-read',
  'audit-read',
  'sign-in',
  'sign-in-failed',
  'sign-out',
  'user-created',
  'user-changed',
  'user-removed',
  'access-changed',
  'view-as',
  'token-created',
  'token-revoked',
  'ingest-token-created',
  'ingest-token-revoked',
  'inventory-applied',
  'rejected-retried',
  'batch-undone',
  'purge',
  'demo-removed',
  'draft-created',
  'draft-removed',
  'view-saved',
  'view-changed',
  'view-removed',
  'layer-changed',
  'layer-removed',
  'link-created',
  'link-revoked',
  'snapshot-created',
  'snapshot-revoked',
  'snapshot-opened',
  'embed-created',
  'embed-revoked',
  'embed-opened',
  'sharing-changed',
] as const;

export type AuditKind = (typeof auditKinds)[number];

/** Who did it: the operator of the machine, a person, or somebody whom nobody knows. */
export type Actor = {
  readonly kind: 'operator' | 'person' | 'nobody';
  readonly userId: string | null;
  readonly email: string | null;
  readonly tokenId: string | null;
};

export type AuditDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** Something that happened, as it is told to the log; lists are empty and texts null where there is nothing to say. */
export type AuditEvent = {
  readonly kind: AuditKind;
  readonly actor: Actor;
  /** The address or command that was asked. */
  readonly question: string | null;
  readonly clusters: readonly string[];
  readonly namespaces: readonly string[];
  /** Where the connection came from. */
  readonly address: string | null;
  readonly details: AuditDetails;
};

/** A viewer as the log names them. */
export function actorOf(viewer: Viewer): Actor {
  if (viewer.kind === 'operator') return operatorActor;
  const { userId, email, tokenId = null } = viewer;
  return { kind: 'person', userId, email, tokenId };
}

/** Whoever runs commands on the machine. */
export const operatorActor: Actor = { kind: 'operator', userId: null, email: null, tokenId: null };

/** Whoever tried to be somebody: an e-mail address as it was given, never a password. */
export function unknownActor(email: string | null): Actor {
  return { kind: 'nobody', userId: null, email, tokenId: null };
}
