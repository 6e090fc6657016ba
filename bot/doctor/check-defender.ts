/** Defender, as far as it shows itself without a person. */
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { numberIn, refusalOfBot } from './entra-words.ts';
import { type Finding, failed, notChecked, ok, warning } from './finding.ts';
import { reach } from './reach.ts';
import type { Site } from './site.ts';

/** `roles` are an application's own permissions ('Access token claims reference'). */
const ownPowers = z.object({ roles: z.array(z.string()).default([]) });
const noSuchService = 'AADSTS500011';

/**
 * Asks Entra for a token of the bot's own for Defender, looks at it, and sends it nowhere. The tenant has to know the
 * service; and a bot that acts for people only needs no power of its own.
 */
export async function applicationPermissions({ config, ownDefenderToken }: Site): Promise<Finding> {
  try {
    const { roles } = ownPowers.parse(decodeJwt(await ownDefenderToken()));
    if (roles.length === 0) return ok('It acts as a person, or not at all.');
    return warning(
      `The app has application permissions that the bot never uses: ${roles.join(', ')}. Whoever steals its credential could use them without any person.`,
      'In the Entra admin center, App registrations, the bot’s app, API permissions: remove every permission of type Application.',
    );
  } catch (error) {
    const number = numberIn(error);
    if (number === noSuchService) {
      return failed(
        `The tenant knows no service for ${config.defender.scope} (${number}): people’s sign-ins cannot be exchanged.`,
        'Check that the tenant has Defender for Endpoint; then DEFENDER_CLOUD, and DEFENDER_SCOPE (unset, it follows the cloud).',
      );
    }
    if (number === undefined) return refusalOfBot(error, config.authorityHost);
    // Where the service takes only apps that were assigned to it, there is no token, and so no power.
    return notChecked(
      `Entra gives the bot no token of its own for Defender (${number}).`,
      'Nothing has to be done: the bot needs none. API permissions of the app registration show that none is of type Application.',
    );
  }
}

/** Asks for a list without a token: Defender refuses that, and so shows that it is there. */
export async function defenderHost({ config: { defender } }: Site): Promise<Finding> {
  const reached = await reach(`${defender.api}/api/machineactions?$top=1`);
  if (reached.kind === 'unreached') return reached.finding;
  const { status } = reached;
  if (status === 401 || status === 403) return ok(`${defender.api} answers.`);
  if (status >= 500 || status === 429) {
    return failed(
      `${defender.api} answers ${status}: a fault or a rush of its own.`,
      'Wait some minutes, and look again.',
    );
  }
  return failed(
    `${defender.api} answers ${status} to a call without a token, which Defender would refuse.`,
    'Check DEFENDER_CLOUD, DEFENDER_REGION and DEFENDER_API_URL, and whether a proxy answers in its place.',
  );
}
