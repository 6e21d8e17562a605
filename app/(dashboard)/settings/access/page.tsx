import { OwnAccessScreen } from '#components/access/own-access-screen.tsx';

/** What whoever looks can see, and why. */
export default function OwnAccessPage() {
  return <OwnAccessScreen />;
}
