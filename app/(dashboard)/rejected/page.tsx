import { Suspense } from 'react';
import { RejectedScreen } from '#components/sources/rejected-screen.tsx';

/** The quarantine. */
export default function RejectedPage() {
  return (
    <Suspense>
      <RejectedScreen />
    </Suspense>
  );
}
