import { type Scope, wholeEstate } from './scope.ts';

/** Who asks. Until people can sign in there is one: the operator, on the machine itself. */
export type Viewer = { readonly kind: 'operator' };

/** The one place that decides what a viewer may see. */
export function scopeOf(viewer: Viewer): Scope {
  switch (viewer.kind) {
    case 'operator':
      return wholeEstate();
  }
}
