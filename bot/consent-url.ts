import type { Config } from './config.ts';

/** The delegated permissions that the bot uses, and no others ('Collect investigation package API', 'Get machine by ID API'). */
export const permissions: readonly string[] = ['Machine.CollectForensics', 'Machine.Read'];

/**
 * Where a tenant administrator consents to exactly the two permissions, whatever else the app's registration lists
 * (page 'Admin consent on the Microsoft identity platform'). The page wants a redirect URI that is registered for the
 * app: the one of the OAuth connection is, in any case.
 */
export function consentUrl({ authorityHost, tenant, appId, defender, consentRedirect }: ConsentPlace): string {
  const resource = defender.scope.replace(/\/\.default$/, '');
  const query = {
    client_id: appId,
    scope: permissions.map((permission) => `${resource}/${permission}`).join(' '),
    redirect_uri: consentRedirect,
  };
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${authorityHost}/${tenant}/v2.0/adminconsent?${pairs.join('&')}`;
}

type ConsentPlace = Pick<Config, 'authorityHost' | 'tenant' | 'appId' | 'defender' | 'consentRedirect'>;
