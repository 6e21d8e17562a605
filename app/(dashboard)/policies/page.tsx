import { PoliciesScreen } from '#components/policies/policies-screen.tsx';

/** The policies of a cluster in the order of evaluation, and what they decided. */
export default function PoliciesPage() {
  return <PoliciesScreen />;
}
