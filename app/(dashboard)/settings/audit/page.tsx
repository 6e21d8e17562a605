import { Suspense } from 'react';
import { AuditScreen } from '#components/access/audit-screen.tsx';

/** The audit log. */
export default function AuditPage() {
  return (
    <Suspense>
      <AuditScreen />
    </Suspense>
  );
}
