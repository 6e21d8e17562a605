import { redirect } from 'next/navigation';

/** The settings begin with the first on their list. */
export default function SettingsPage() {
  redirect('/settings/audit');
}
