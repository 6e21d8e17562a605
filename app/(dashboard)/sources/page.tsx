import { SourcesScreen } from '#components/sources/sources-screen.tsx';

/** What delivers flows, and how well. */
export default function SourcesPage() {
  return <SourcesScreen />;
}
