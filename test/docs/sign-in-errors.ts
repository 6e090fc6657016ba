/** The sign-in's part of `docs/errors.md`, made of the table that the code uses. */
import { catalogueOf } from '../../cards/language/catalogue.ts';
import { obstacleWords } from '../../cards/obstacle-words.ts';
import { plainText } from '../../cards/plain-text.ts';
import { type EntraErrorRow, entraErrors, operatorErrors } from '../../src/adapters/entra/exchange-problem.ts';

/** The lines of the section, heading included. */
export function signInErrors(): readonly string[] {
  return [
    '## What Entra answers to the sign-in, and what it means',
    'Before Defender is asked as a person, Entra exchanges their sign-in ([`judgeExchangeError`](../src/adapters/entra/exchange-problem.ts)). Microsoft',
    'may change its numbers, so the OAuth error, its sub-error and a claims challenge decide where a number is not in the table: `consent_required` is',
    'consentMissing; `interaction_required` or claims are moreProofNeeded; ' +
      `${operatorErrors.map((each) => `\`${each}\``).join(', ')} are botRefused; anything else is`,
    'signInRefused, with its number.',
    '',
    '| AADSTS number | about | problem | what the card says of it |',
    '|---|---|---|---|',
    ...entraErrors.map(lineOf),
    '',
    '**moreProofNeeded** signs the person out at the Token Service, asks for one fresh sign-in in a window (a silent one would be the same again),',
    'and then goes on. The same answer once more is **signInBlocked**: the card names what blocks and the correlation ID, and stays at that. A 401 of',
    'Defender is treated alike; it does not say why.',
    '',
  ];
}

function lineOf({ numbers, about, meaning }: EntraErrorRow): string {
  const says = meaning.kind === 'moreProofNeeded' ? plainText(obstacleWords(catalogueOf('en'), meaning)) : '';
  return `| ${numbers.join(' · ')} | ${about} | [${meaning.kind}](#${meaning.kind.toLowerCase()}) | ${says} |`;
}
