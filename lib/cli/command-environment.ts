import { type Environment, readEnvironment } from '#lib/config/environment.ts';
import { usageError } from './exit.ts';

/** The environment of a command; a wrong variable is as unusable as a wrong option. */
export function commandEnvironment(): Environment {
  const environment = readEnvironment(process.env);
  if (!environment.ok) throw usageError(environment.error);
  return environment.value;
}
