import { createHash, X509Certificate } from 'node:crypto';
import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { botApp } from './app.ts';
import type { EntraRefusal } from './entra-errors.ts';
import { signingKeys } from './keys.ts';
import { tenantId } from './people.ts';

/** The form's name of a signed proof ('Certificate credentials', Microsoft's page). */
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** What the token of a managed identity must be for ('Configure an application to trust a managed identity', Microsoft's page). */
export const exchangeAudience = 'api://AzureADTokenExchange';

/** Whom our app trusts as itself besides its own keys: a federated identity credential of the app. */
export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/** By what kind of proof a token request says that it comes from our app. */
export function proofKind(form: URLSearchParams): 'secret' | 'certificate' | 'identity' | 'none' {
  if (form.has('client_secret')) return 'secret';
  const assertion = form.get('client_assertion');
  if (assertion === null) return 'none';
  return thumbprintIn(assertion) === undefined ? 'identity' : 'certificate';
}

/** The credentials that are registered for our app, and the check of what a client shows ('Certificates & secrets'). */
export class BotCredentials {
  /** Secrets that are good. */
  readonly secrets = new Set<string>([botApp.secret]);
  /** Secrets whose time is over (AADSTS7000222). */
  readonly expiredSecrets = new Set<string>();
  readonly federated: FederatedCredential[] = [];
  readonly #certificates = new Map<string, X509Certificate>();
  readonly #authority: string;

  /** `authority` is Entra's own address, without a slash at the end. */
  constructor(authority: string) {
    this.#authority = authority;
  }

  /** Registers a certificate, PEM; several may be registered at a time, as while one is replaced. */
  addCertificate(pem: string): void {
    const certificate = new X509Certificate(pem);
    this.#certificates.set(thumbprintOf(certificate), certificate);
  }

  removeCertificate(pem: string): void {
    this.#certificates.delete(thumbprintOf(new X509Certificate(pem)));
  }

  /** Why this token request does not come from our app; undefined if it does. */
  async refusalOf(form: URLSearchParams): Promise<EntraRefusal | undefined> {
    const secret = form.get('client_secret');
    const assertion = form.get('client_assertion');
    if (secret !== null) return this.#refusalOfSecret(secret);
    if (assertion === null || form.get('client_assertion_type') !== assertionType) return 'noProof';
    const thumbprint = thumbprintIn(assertion);
    return thumbprint === undefined
      ? await this.#refusalOfFederated(assertion)
      : await this.#refusalOfCertificate(assertion, thumbprint);
  }

  #refusalOfSecret(secret: string): EntraRefusal | undefined {
    if (this.expiredSecrets.has(secret)) return 'expiredSecret';
    return this.secrets.has(secret) ? undefined : 'wrongSecret';
  }

  /** Signature, audience, issuer, subject and time, as the page 'Certificate credentials' lists them. */
  async #refusalOfCertificate(assertion: string, thumbprint: string): Promise<EntraRefusal | undefined> {
    const certificate = this.#certificates.get(thumbprint);
    if (certificate === undefined || new Date(certificate.validTo) <= new Date()) return 'unknownCertificate';
    const endpoint = `${this.#authority}/${tenantId}/oauth2/v2.0/token`;
    return await refusedBy(async () => {
      await jwtVerify(assertion, certificate.publicKey, {
        algorithms: ['PS256', 'RS256'],
        audience: endpoint,
        issuer: botApp.appId,
        subject: botApp.appId,
        requiredClaims: ['exp', 'nbf', 'jti'],
        // MSAL rounds its clock up.
        clockTolerance: 1,
      });
    }, 'badProof');
  }

  /** A token of our own tenant's managed identity, for the exchange, whose subject the app trusts. */
  async #refusalOfFederated(assertion: string): Promise<EntraRefusal | undefined> {
    const { entra } = await signingKeys();
    return await refusedBy(async () => {
      const { payload } = await jwtVerify(assertion, entra.publicKey, { algorithms: ['RS256'] });
      const isTrusted = this.federated.some(
        ({ issuer, subject, audience }) =>
          payload.iss === issuer && payload.sub === subject && payload.aud === audience,
      );
      if (!isTrusted) throw new errors.JWTClaimValidationFailed('nobody that the app trusts', payload);
    }, 'untrustedIdentity');
  }
}

async function refusedBy(check: () => Promise<void>, refusal: EntraRefusal): Promise<EntraRefusal | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return refusal;
    throw error;
  }
}

/** Base64url of the SHA-256 over the certificate's DER, as `x5t#S256` carries it. */
function thumbprintOf(certificate: X509Certificate): string {
  return createHash('sha256').update(certificate.raw).digest('base64url');
}

/** The certificate that an assertion says it is signed with; undefined for one that names a published key. */
function thumbprintIn(assertion: string): string | undefined {
  try {
    const { 'x5t#S256': thumbprint } = decodeProtectedHeader(assertion);
    return typeof thumbprint === 'string' ? thumbprint : undefined;
  } catch {
    // No JWT at all: the check of the signature refuses it.
    return undefined;
  }
}
