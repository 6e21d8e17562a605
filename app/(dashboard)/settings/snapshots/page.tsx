import { SnapshotsScreen } from '#components/share/snapshots-screen.tsx';

/** The snapshots of whoever looks. */
export default function SnapshotsPage() {
  return <SnapshotsScreen />;
}
