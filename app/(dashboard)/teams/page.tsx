import { TeamsScreen } from '#components/teams/teams-screen.tsx';

/** The teams and namespaces that one may know of. */
export default function TeamsPage() {
  return <TeamsScreen />;
}
