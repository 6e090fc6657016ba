/** Entra, and the bot's proof of itself. */
import { z } from 'zod';
import { day } from '../../src/domain/instant.ts';
import type { Credential } from '../config.ts';
import { expiryNotice, credentialExpiry as expiryOf } from '../credential-watch.ts';
import { refusalOfBot, wordsFor } from './entra-words.ts';
import { type Finding, failed, notChecked, ok, warning } from './finding.ts';
import { reach } from './reach.ts';
import type { Site } from './site.ts';

const metadata = z.object({ issuer: z.string(), token_endpoint: z.string() });
const unknownTenant = z.object({ error_codes: z.array(z.number()).refine((codes) => codes.includes(90002)) });

/** Reads the tenant's public metadata. */
export async function entra({ config: { authorityHost, tenant } }: Site): Promise<Finding> {
  const reached = await reach(`${authorityHost}/${tenant}/v2.0/.well-known/openid-configuration`);
  if (reached.kind === 'unreached') return reached.finding;
  if (metadata.safeParse(reached.body).success) return ok(`${authorityHost} knows the tenant ${tenant}.`);
  if (unknownTenant.safeParse(reached.body).success) return failed(...wordsFor('AADSTS90002'));
  return failed(
    `${authorityHost} answers ${reached.status}, and not as Entra does.`,
    'Check AUTHORITY_HOST (unset, it follows DEFENDER_CLOUD), and whether a proxy answers in Entra’s place.',
  );
}

/** Gets a token of the bot's own. */
export async function credential({ config, botToken }: Site): Promise<Finding> {
  try {
    await botToken();
    return ok(`Entra gave the bot a token for its ${nameOf(config.credential)}.`);
  } catch (error) {
    return refusalOfBot(error, config.authorityHost);
  }
}

/** Looks when the credential ends, where it says so itself. */
export async function credentialExpiry({ config }: Site): Promise<Finding> {
  const expiry = expiryOf(config.credential);
  switch (expiry.kind) {
    case 'never':
      return ok('Azure renews a managed identity by itself.');
    case 'unknown':
      return notChecked(
        'A client secret does not say when it ends; only Entra knows.',
        'Read its day in the Entra admin center (App registrations, the bot’s app, Certificates & secrets), and note it in your calendar. A certificate or a managed identity would say it here.',
      );
    case 'known':
      return judgeEnd(expiry.expiresAt, Date.now());
  }
}

/** Both in milliseconds since 1970. */
function judgeEnd(expiresAt: number, now: number): Finding {
  const date = new Date(expiresAt).toISOString().slice(0, 10);
  const left = expiresAt - now;
  const fix =
    'Replace it as docs/identity.md describes: add the new one, change the file, restart, remove the old one.';
  if (left <= 0) return failed(`The certificate ended on ${date}: nobody can be served.`, fix);
  if (left < expiryNotice) return warning(`The certificate ends in ${Math.floor(left / day)} days, on ${date}.`, fix);
  return ok(`The certificate is good until ${date}.`);
}

function nameOf({ kind }: Credential): string {
  switch (kind) {
    case 'secret':
      return 'client secret';
    case 'certificate':
      return 'certificate';
    case 'managedIdentity':
      return 'managed identity';
  }
}
