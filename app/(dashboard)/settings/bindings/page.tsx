import { BindingsScreen } from '#components/access/bindings-screen.tsx';

/** Roles with their rights, bindings, and groups. */
export default function BindingsPage() {
  return <BindingsScreen />;
}
