/** A person who signed in, or whoever holds one of their API tokens. */
export type Person = {
  readonly kind: 'person';
  readonly userId: string;
  readonly email: string;
  /** Local groups, and those that the identity provider named. */
  readonly groups: readonly string[];
  readonly authenticatedBy: 'session' | 'token';
  /** The API token that was shown, where one was. */
  readonly tokenId?: string;
  /** Whose access this session looks with, where it is not the person's own. */
  readonly viewsAs?: ViewedPerson;
};

/** Somebody whom an admin looks as. */
export type ViewedPerson = {
  readonly userId: string;
  readonly email: string;
  readonly groups: readonly string[];
};

/** Who asks: a person, or the operator of the machine, who has the command line and the whole estate. */
export type Viewer = { readonly kind: 'operator' } | Person;
