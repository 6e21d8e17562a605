import { HomeScreen } from '#components/teams/home-screen.tsx';

type Asked = { readonly params: Promise<{ readonly cluster: string; readonly namespace: string }> };

/** The home of one namespace. Next hands on the parts of a path as they are written in it. */
export default async function NamespacePage({ params }: Asked) {
  const { cluster, namespace } = await params;
  return (
    <HomeScreen name={{ cluster: decodeURIComponent(cluster), namespace: decodeURIComponent(namespace) }} />
  );
}
