import { Suspense } from 'react';
import { FlowsScreen } from '#components/flows/flows-screen.tsx';

/** Single flows of any window. */
export default function FlowsPage() {
  return (
    <Suspense>
      <FlowsScreen />
    </Suspense>
  );
}
