import { managedIdentityPassword } from '../src/adapters/entra/managed-identity.ts';
import type { PasswordSource } from '../src/adapters/store/server-pool.ts';
import type { Log } from '../src/ports.ts';
import type { DatabaseSettings } from './database-config.ts';

/** The managed identity's tokens as passwords; undefined where the URL says all there is. */
export function databasePassword(settings: DatabaseSettings, log: Log): PasswordSource | undefined {
  const { databaseUrl, databaseIdentity: clientId } = settings;
  return clientId === undefined ? undefined : managedIdentityPassword(clientId, new URL(databaseUrl).hostname, log);
}
