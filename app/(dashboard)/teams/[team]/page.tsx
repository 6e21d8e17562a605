import { HomeScreen } from '#components/teams/home-screen.tsx';

type Asked = { readonly params: Promise<{ readonly team: string }> };

/** The home of a team. Next hands on the parts of a path as they are written in it. */
export default async function TeamPage({ params }: Asked) {
  const { team } = await params;
  return <HomeScreen name={{ team: decodeURIComponent(team) }} />;
}
