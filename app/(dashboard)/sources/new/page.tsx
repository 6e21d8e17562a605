import { Suspense } from 'react';
import { AddSourceScreen } from '#components/sources/add/add-source-screen.tsx';

/** How to connect a source. */
export default function AddSourcePage() {
  return (
    <Suspense>
      <AddSourceScreen />
    </Suspense>
  );
}
