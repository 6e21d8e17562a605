import { redirect } from 'next/navigation';

/** The settings begin with what everybody has. */
export default function SettingsPage() {
  redirect('/settings/access');
}
