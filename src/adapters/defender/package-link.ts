import { type PackageLink, Secret } from '../../domain/secret.ts';

/**
 * Where Microsoft keeps packages: the host of the documentation's example, and Azure's blob storage, public and for
 * the US government. A person is sent to this address, so nothing else passes.
 */
const packageHosts = ['.securitycenter.windows.net', '.blob.core.windows.net', '.blob.core.usgovcloudapi.net'];

/** A link that may be handed to a person, or why not. The host is no secret; the rest of the link is. */
export type LinkCheck =
  | { readonly ok: true; readonly link: PackageLink }
  | { readonly ok: false; readonly why: 'noUrl' | 'notHttps' }
  | { readonly ok: false; readonly why: 'otherHost'; readonly host: string };

/**
 * Checks the `value` of `getPackageUri`. It has come wrapped in an extra pair of quotes (defender-api, trap 3).
 * @param extraHosts exact hosts, with the port where there is one, that are trusted besides Microsoft's
 */
export function checkPackageLink(value: string, extraHosts: readonly string[]): LinkCheck {
  const text = value.trim().replace(/^["']+|["']+$/g, '');
  const url = URL.parse(text);
  if (url === null) return { ok: false, why: 'noUrl' };
  if (url.protocol !== 'https:') return { ok: false, why: 'notHttps' };
  const { host, username, password } = url;
  const isMicrosofts = packageHosts.some((suffix) => host.endsWith(suffix) && host.length > suffix.length);
  const isTrusted = isMicrosofts || extraHosts.includes(host);
  if (!isTrusted || username !== '' || password !== '') return { ok: false, why: 'otherHost', host };
  return { ok: true, link: new Secret('packageLink', url.href) };
}
