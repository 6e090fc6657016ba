/** The names of the bot's own app as a resource: its id, and identifier URIs that Teams composes of it. */

/** What the scope of our own app is called, whatever stands before it. */
export const scopeName = 'access_as_user';

/** Where the bot is, by `BOT_DOMAIN`; undefined while nobody says it. */
export type Domain = string | undefined;

/** What manifest and OAuth connection should say. While the host is not known, it is described. */
export function wantedUri(appId: string, domain: Domain): string {
  return `api://${domain ?? '<host of the bot>'}/botid-${appId}`;
}

/** Whether a URI names this app: with the host for a tab, without one for a bot alone ('Enable SSO for your bot'). */
export function isOwnUri(uri: string, appId: string): boolean {
  return new RegExp(`^api://(?:[a-z0-9.-]+/)?(?:botid-)?${appId}$`, 'i').test(uri);
}

/** Whether a scope is this app's own; Entra takes the app's id in place of the URI. */
export function isOwnScope(scope: string, appId: string): boolean {
  const [resource, name] = [scope.slice(0, scope.lastIndexOf('/')), scope.slice(scope.lastIndexOf('/') + 1)];
  return name === scopeName && (resource.toLowerCase() === appId || isOwnUri(resource, appId));
}
