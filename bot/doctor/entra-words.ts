/** What an operator has to know of Entra's refusals of the app itself: by the page 'Microsoft Entra authentication and authorization error codes'. */
import { judgeExchangeError } from '../../src/adapters/entra/exchange-problem.ts';
import { IdentityUnavailable } from '../../src/adapters/entra/managed-identity.ts';
import { type Finding, failed } from './finding.ts';
import { unreached } from './reach.ts';

const registration = 'In the Entra admin center, App registrations, the bot’s app';

/** By number, without `AADSTS`. */
const words: Readonly<Record<string, readonly [meaning: string, fix: string]>> = {
  '7000215': [
    'The client secret is not one of the app’s.',
    `${registration}, Certificates & secrets: make a new one, and put its value (not its ID) into MicrosoftAppPassword.`,
  ],
  '7000222': [
    'The client secret has ended.',
    `${registration}, Certificates & secrets: make a new one, and put its value into MicrosoftAppPassword.`,
  ],
  '700027': [
    'The certificate is not one of the app’s, has ended, or this machine’s clock is wrong.',
    `${registration}, Certificates & secrets: upload the certificate of the file that MicrosoftAppCertificatePath names.`,
  ],
  '700213': [
    'The app does not trust this managed identity.',
    `${registration}, Certificates & secrets, Federated credentials: add the identity whose client id is MicrosoftAppManagedIdentityClientId.`,
  ],
  '700016': [
    'The tenant has no app of this id.',
    'Compare MicrosoftAppId and MicrosoftAppTenantId with the app registration’s overview.',
  ],
  '90002': ['There is no such tenant.', 'Compare MicrosoftAppTenantId with the overview in the Entra admin center.'],
  '500011': [
    'The tenant knows no service of the name that the scope asks for.',
    'Check DEFENDER_CLOUD, ToChannelFromBotOAuthScope and DEFENDER_SCOPE: unset, the last two follow the cloud.',
  ],
};

/** Entra's number in an error of MSAL's, with `AADSTS`; undefined where there is none. */
export function numberIn(error: unknown): string | undefined {
  const problem = judgeExchangeError(error)?.problem;
  return problem !== undefined && 'code' in problem ? problem.code : undefined;
}

/** Why Entra gave the bot no token of its own. Throws what is not MSAL's. */
export function refusalOfBot(error: unknown, authorityHost: string): Finding {
  if (error instanceof IdentityUnavailable) return identityTrouble(error);
  const judged = judgeExchangeError(error);
  if (judged === undefined) throw error;
  if (judged.problem.kind === 'signInUnavailable') return unreached(new URL(authorityHost).host, error);
  return failed(...wordsFor(numberIn(error)));
}

/** Meaning and remedy of a number. */
export function wordsFor(number: string | undefined): readonly [meaning: string, fix: string] {
  const known = words[number?.replace('AADSTS', '') ?? ''];
  if (known !== undefined) return [`${known[0]} (${number})`, known[1]];
  const said = number ?? 'without a number';
  return [
    `Entra refuses the bot (${said}).`,
    'Look the number up at https://login.microsoftonline.com/error, and in the sign-in log.',
  ];
}

function identityTrouble({ isRefusal }: IdentityUnavailable): Finding {
  if (isRefusal) {
    return failed(
      'This machine does not have the managed identity that MicrosoftAppManagedIdentityClientId names.',
      'Assign the user-assigned identity to the host (Identity, User assigned), and compare its client id.',
    );
  }
  return failed(
    'This machine has no managed identity endpoint that answers.',
    'Run this where the bot runs, in Azure; elsewhere use a certificate.',
  );
}
