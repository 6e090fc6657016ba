/** What only a person's sign-in can show: `npm run doctor -- --sign-in`. */
import { createDefenderHttp, readRepeats } from '../../src/adapters/defender/defender-http.ts';
import { readDelegatedClaims } from '../../src/adapters/entra/assertion-claims.ts';
import type { DeviceSignIn } from '../../src/adapters/entra/device-sign-in.ts';
import { checkAssertion } from '../../src/domain/assertion.ts';
import type { DefenderFailure } from '../../src/domain/defender-failure.ts';
import { instantOf } from '../../src/domain/instant.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { problemOfFailure } from '../../src/domain/problem-of-failure.ts';
import type { DefenderBudget } from '../../src/ports.ts';
import { consentUrl, permissions as wanted } from '../consent-url.ts';
import { wordsFor } from './entra-words.ts';
import { type Finding, failed, notChecked, ok, warning } from './finding.ts';
import type { Site } from './site.ts';

const howToSignIn = 'Run npm run doctor -- --sign-in, and sign in as somebody who may collect.';
const ownRegistration =
  'Make a registration of its own for the terminal (public client flows allowed, permission access_as_user of the bot’s app), and name it: --client-id <its id>.';

/** Asks the person to sign in, and looks whose token came. */
export async function signIn(site: Site): Promise<Finding> {
  const signedIn = await site.person();
  if (signedIn === undefined) return notChecked('That takes a person.', howToSignIn);
  switch (signedIn.kind) {
    case 'signedIn':
      return judgePerson(signedIn, site);
    case 'tooLate':
      return notChecked('Nobody signed in while the code was good.', howToSignIn);
    case 'notPublic':
      return failed('The registration does not let people sign in at a terminal (AADSTS7000218).', ownRegistration);
    case 'unreadable':
      return failed(
        'Entra gave a token that does not say whose it is.',
        'The bot’s app has to expose the scope access_as_user, and the terminal’s registration to ask for it.',
      );
    case 'problem':
      return failed(...wordsOfProblem(signedIn.problem));
  }
}

function judgePerson({ claims }: Extract<DeviceSignIn, { kind: 'signedIn' }>, { config }: Site): Finding {
  const who = claims.upn ?? claims.oid;
  const now = instantOf(new Date()) ?? claims.expiresAt;
  switch (checkAssertion(claims, { ...config, oid: claims.oid }, now)) {
    case 'ok':
    case 'otherPerson':
      return ok(`${who} signed in to this app.`);
    case 'guest':
      return failed(`${who} is a guest, whom the bot does not serve.`, 'Sign in as a member of the tenant.');
    case 'otherTenant':
      return failed(
        `${who} is of another tenant.`,
        'Sign in as a member of the tenant that MicrosoftAppTenantId names.',
      );
    case 'otherAudience':
      return failed(`The token of ${who} is for ${claims.audience}, and not for this app.`, ownRegistration);
    case 'expired':
      return failed(`The token of ${who} has ended by this machine’s clock.`, 'Set the clock right.');
  }
}

/** Exchanges the person's sign-in, and looks which permissions came back. Without a person there is the link alone. */
export async function permissions(site: Site): Promise<Finding> {
  const link = consentUrl(site.config);
  const exchanged = await site.exchange();
  if (exchanged === undefined) {
    const how = `${howToSignIn} Consent is given by an administrator at ${link}`;
    return notChecked('Which permissions have consent shows at the exchange of a person’s sign-in only.', how);
  }
  if (exchanged.kind === 'token') return judgePermissions(readDelegatedClaims(exchanged.token)?.scopes ?? [], link);
  if (exchanged.problem.kind === 'consentMissing') return judgePermissions([], link);
  return failed(...wordsOfProblem(exchanged.problem));
}

/**
 * Which of the two are there.
 * @param granted short names, as in the claim `scp`
 */
export function judgePermissions(granted: readonly string[], link: string): Finding {
  const missing = wanted.filter((permission) => !granted.includes(permission));
  if (missing.length > 0) {
    const meaning = `Nobody has consented to ${missing.join(' and ')}.`;
    return failed(meaning, 'An administrator of the tenant opens this link and accepts:', link);
  }
  const more = granted.filter((permission) => !wanted.includes(permission));
  if (more.length === 0) return ok(`${wanted.join(' and ')}, and no others.`);
  return warning(
    `Besides the two, ${more.join(', ')} have consent, which the bot never uses.`,
    'In the Entra admin center, Enterprise applications, the bot’s app, Permissions: revoke what is too much.',
  );
}

/** One call by hand every now and then: not worth a row in the count that the replicas share. */
const uncounted: DefenderBudget = {
  take: async () => ({ kind: 'taken' }),
  pause: async () => undefined,
};

/** Reads one machine action as the person: nothing is changed by it. */
export async function defenderAudience({ config, exchange, log }: Site): Promise<Finding> {
  const exchanged = await exchange();
  if (exchanged === undefined) {
    return notChecked('Defender takes a person’s token only, and so only a person can show that it does.', howToSignIn);
  }
  if (exchanged.kind === 'problem')
    return notChecked('There is no token to show to Defender.', 'Mend the exchange first.');
  const path = '/api/machineactions';
  const answer = await createDefenderHttp(uncounted, log).send(exchanged.token, {
    method: 'GET',
    wish: { api: 'actions', priority: 'person' },
    path,
    url: new URL(`${config.defender.api}${path}?$top=1`),
    repeats: readRepeats,
  });
  return answer.ok
    ? ok('It lists machine actions for the person.')
    : failed(...wordsOfFailure(answer.failure, config.defender.scope));
}

function wordsOfFailure(failure: DefenderFailure, scope: string): readonly [meaning: string, fix: string] {
  const now = instantOf(new Date());
  const problem = now === undefined ? undefined : problemOfFailure(failure, now);
  if (problem?.kind === 'moreProofNeeded') {
    return [
      `Defender does not accept the token (401): it is for ${scope}, or a Conditional Access policy wants more.`,
      'Check DEFENDER_SCOPE (unset, it follows the cloud; docs/first-tenant.md names the others to try), and the person’s sign-in log.',
    ];
  }
  if (problem?.kind === 'notPermitted') {
    return [
      `Defender accepts the token from nobody, or not from this person (403). It does not say which: the token is for ${scope}.`,
      'Give the person the Defender role ‘View data’ (Unified RBAC: Security data basics, read). If it stays so for everybody, check DEFENDER_SCOPE.',
    ];
  }
  return problem === undefined ? ['Defender did not answer.', 'Look again.'] : wordsOfProblem(problem);
}

/** The page of errors has the rest. */
function wordsOfProblem(problem: Problem): readonly [meaning: string, fix: string] {
  const code = 'code' in problem && problem.code !== undefined ? problem.code : undefined;
  if (problem.kind === 'botRefused') return wordsFor(code);
  const id = problem.correlationId === undefined ? '' : `, correlation ID ${problem.correlationId}`;
  return [
    `The answer was ${problem.kind}${code === undefined ? '' : ` (${code})`}${id}.`,
    `docs/errors.md#${problem.kind.toLowerCase()} says what it means and who can mend it.`,
  ];
}
