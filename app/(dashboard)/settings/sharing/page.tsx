import { SharingScreen } from '#components/share/sharing-screen.tsx';

/** What an admin lets out. */
export default function SharingPage() {
  return <SharingScreen />;
}
