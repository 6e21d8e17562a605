import { Check } from 'lucide-react';
import { isScopedRight, type Role, roleHas, roleRights } from '#lib/access/roles.ts';
import { rightNames } from './access-words.ts';
import { SettingsRow, SettingsTable } from './settings-table.tsx';

const roles: readonly Role[] = ['admin', 'security', 'operator', 'team', 'viewer'];

const columns = [
  { name: 'Right', width: '30%' },
  ...roles.map((role) => ({ name: role, width: '10%' })),
  { name: 'Holds', width: '20%' },
];

/** Every role with what it may do. */
export function RolesTable() {
  return (
    <SettingsTable caption="Roles and their rights" columns={columns}>
      {roleRights.admin.map((right) => (
        <SettingsRow
          key={right}
          name={rightNames[right]}
          cells={[
            ...roles.map((role) => ({
              key: role,
              shown: roleHas(role, right) ? (
                <>
                  <Check aria-hidden className="size-4 text-accent" />
                  <span className="sr-only">yes</span>
                </>
              ) : (
                <span className="sr-only">no</span>
              ),
            })),
            { key: 'holds', shown: isScopedRight(right) ? 'where the binding reaches' : 'everywhere' },
          ]}
        />
      ))}
    </SettingsTable>
  );
}
