/** Proofs of the app that are no secrets: who else may speak for it. */
import { z } from 'zod';

/** A federated credential, as Graph gives it (page 'federatedIdentityCredential resource type'). */
export const federatedShape = z.object({
  id: z.string(),
  name: z.string(),
  issuer: z.string(),
  subject: z.string(),
  audiences: z.array(z.string()),
});
/** See `federatedShape`. */
export type Federated = z.infer<typeof federatedShape>;
/** One that need not exist yet. */
export type WantedFederated = Omit<Federated, 'id'>;

/** What decides how credentials look. */
export interface FederatedFacts {
  readonly tenant: string;
  /** Entra, without a slash at its end. */
  readonly authority: string;
  /** Object (principal) id of the managed identity that the bot runs as; none where it has a secret or a certificate. */
  readonly identity: string | undefined;
  /** Name of the OAuth connection, which is its unique identifier as well: infra/modules/bot.bicep. */
  readonly connection: string;
  readonly isGovernment: boolean;
}

/** Bot Service's own application, in the form of the subject: page 'Add user authorization by using federated identity credential'. */
const botService = '9ExAW52n_ky4ZiS_jhpJIQ';

/**
 * One for the bot's managed identity, one for the OAuth connection. For the latter no page tells the subject in the
 * government clouds, so that it keeps to a secret there.
 */
export function wantedFederated(facts: FederatedFacts): readonly WantedFederated[] {
  const { tenant, authority, identity, connection, isGovernment } = facts;
  const common = {
    issuer: `${authority}/${tenant}/v2.0`,
    audiences: [isGovernment ? 'api://AzureADTokenExchangeUSGov' : 'api://AzureADTokenExchange'],
  };
  return [
    ...(identity === undefined ? [] : [{ ...common, name: 'collector-identity', subject: identity }]),
    ...(isGovernment
      ? []
      : [{ ...common, name: 'collector-connection', subject: connectionSubject(tenant, connection) }]),
  ];
}

/** The subject of the token that Bot Service makes for an OAuth connection. */
export function connectionSubject(tenant: string, connection: string): string {
  return `/eid1/c/pub/t/${guidAsBase64Url(tenant)}/a/${botService}/${connection}`;
}

/** As .NET writes a Guid's bytes: the first three groups with their last byte first. */
function guidAsBase64Url(guid: string): string {
  const groups = guid.split('-').map((group) => Buffer.from(group, 'hex'));
  return Buffer.concat(groups.map((bytes, i) => (i < 3 ? Buffer.from(bytes).reverse() : bytes))).toString('base64url');
}

/** Whether two say the same; the name does not matter, since Entra takes a pair of issuer and subject once only. */
export function saysTheSame(one: WantedFederated, other: WantedFederated): boolean {
  return (
    one.issuer === other.issuer && one.subject === other.subject && one.audiences.join() === other.audiences.join()
  );
}
