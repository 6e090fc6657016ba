import { ConfidentialClientApplication, type NodeAuthOptions } from '@azure/msal-node';
import type { Secret } from '../../domain/secret.ts';
import type { Log } from '../../ports.ts';
import { readClientCertificate } from './certificate.ts';
import { managedIdentityAssertion } from './managed-identity.ts';
import { msalLogging } from './msal-logging.ts';
import { createMsalNetwork } from './msal-network.ts';

/** How the bot proves to Entra that it is itself. */
export type BotCredential =
  | { readonly kind: 'secret'; readonly secret: Secret<'clientSecret'> }
  /** PEM text with an unencrypted RSA key and its certificate. */
  | { readonly kind: 'certificate'; readonly pem: Secret<'clientCertificate'> }
  /** A user-assigned managed identity, named as federated credential on the bot's Entra app. */
  | { readonly kind: 'managedIdentity'; readonly clientId: string };

/** Who the bot is, and where Entra is. */
export interface EntraOptions {
  readonly appId: string;
  readonly tenant: string;
  /** `https://<host>`, with the port where there is one. */
  readonly authorityHost: string;
  readonly credential: BotCredential;
  readonly log: Log;
}

/** MSAL's one application, for the bot's own tokens and for on-behalf-of. Throws BadCertificate. */
export function createConfidentialClient(options: EntraOptions): ConfidentialClientApplication {
  const { appId, tenant, authorityHost, credential, log } = options;
  const { origin, host } = new URL(authorityHost);
  return new ConfidentialClientApplication({
    auth: {
      clientId: appId,
      authority: `${origin}/${tenant}`,
      // Spares the call to Microsoft's instance discovery, which a sandbox has not. It has to carry the port.
      knownAuthorities: [host],
      ...proofOf(credential, host, log),
    },
    system: { networkClient: createMsalNetwork(log), loggerOptions: msalLogging(log) },
  });
}

function proofOf(credential: BotCredential, host: string, log: Log): Partial<NodeAuthOptions> {
  switch (credential.kind) {
    case 'secret':
      return { clientSecret: credential.secret.reveal() };
    case 'certificate': {
      const { thumbprintSha256, privateKey, x5c } = readClientCertificate(credential.pem.reveal());
      return { clientCertificate: { thumbprintSha256, privateKey, x5c } };
    }
    case 'managedIdentity':
      return { clientAssertion: managedIdentityAssertion({ clientId: credential.clientId, host, log }) };
  }
}
