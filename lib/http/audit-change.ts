import { type Actor, actorOf, unknownActor } from '#lib/access/audit.ts';
import type { Viewer } from '#lib/access/viewer.ts';
import { type Happened, recordEvent } from '#lib/server/record-audit.ts';
import { peerAddress } from './peer-address.ts';
import { routeName } from './route-name.ts';
import { serverUrls } from './server-reader.ts';

/** Tells the audit log what a request does; it throws where that cannot be written. */
export type Tell = (happened: Omit<Happened, 'actor' | 'address' | 'question'>) => Promise<void>;

/** Who tells, and from where, is known from the request. */
export function tellOf(request: Request, viewer: Viewer): Tell {
  return tellAs(request, actorOf(viewer));
}

/** The same of whoever did not sign in: nobody, with the address that they gave where they tried to. */
export function tellOfNobody(request: Request, email: string | null): Tell {
  return tellAs(request, unknownActor(email));
}

function tellAs(request: Request, actor: Actor): Tell {
  return (happened) =>
    recordEvent(serverUrls(), {
      ...happened,
      actor,
      question: routeName(new URL(request.url).pathname),
      address: peerAddress(request),
    });
}
