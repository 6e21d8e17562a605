import { Suspense } from 'react';
import { PeopleScreen } from '#components/access/people-screen.tsx';

/** People who may sign in, and what each can see. */
export default function PeoplePage() {
  return (
    <Suspense>
      <PeopleScreen />
    </Suspense>
  );
}
