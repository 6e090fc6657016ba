/** Every problem in words: what happened, what it means for the request, what to do now and who can fix it. */
import type { Problem } from '../src/domain/problem.ts';
import { duration } from './dates.ts';
import type { Catalogue } from './language/catalogue.ts';
import { blockedWords, obstacleWords, signInAgainWords } from './obstacle-words.ts';
import { inOneLine, moment, type Words, words } from './words.ts';

/** Three short sentences, and the line by which an administrator finds the call. */
export interface ProblemWords {
  readonly what: Words;
  readonly meaning: Words;
  readonly next: Words;
  readonly forAdministrator?: Words;
}

/** Words a problem. They speak of 'the person who asked': the card is read by others, too. */
export function problemWords(say: Catalogue, problem: Problem): ProblemWords {
  const { correlationId } = problem;
  const said = ofKind(say, problem);
  return correlationId === undefined ? said : { ...said, forAdministrator: say.problems.correlation(correlationId) };
}

function ofKind(say: Catalogue, problem: Problem): ProblemWords {
  const { problems } = say;
  switch (problem.kind) {
    case 'someoneElsesSignIn':
    case 'otherTenant':
    case 'consentMissing':
    case 'signInUnavailable':
    case 'deviceNotFound':
    case 'alreadyRunningUnseen':
    case 'notPermitted':
    case 'notAsApproved':
    case 'defenderUnavailable':
    case 'outcomeUnknown':
    case 'defenderUnreadable':
      return problems[problem.kind];
    case 'signInRefused':
    case 'botRefused': {
      const said = problems[problem.kind];
      return { ...said, what: said.what(problem.code === undefined ? words`` : words` (${problem.code})`) };
    }
    case 'moreProofNeeded':
    case 'signInBlocked':
      return ofProof(say, problem);
    case 'deviceNotSupported':
    case 'actionNotOffered':
    case 'permissionMissing':
    case 'defenderRefused':
      return ofNamed(say, problem);
    case 'throttled':
      return { ...problems.throttled, next: problems.throttled.next(moment(problem.until)) };
    case 'noBudget':
      return { ...problems.noBudget, next: problems.noBudget.next(duration(say, problem.waitMs)) };
  }
}

type Of<Kind extends Problem['kind']> = Extract<Problem, { readonly kind: Kind }>;

function ofProof(say: Catalogue, problem: Of<'moreProofNeeded' | 'signInBlocked'>): ProblemWords {
  const { meaning, hasNotHelped } = say.problems.proof;
  const what = obstacleWords(say, problem);
  switch (problem.kind) {
    case 'moreProofNeeded':
      return { what, meaning, next: signInAgainWords(say, problem) };
    case 'signInBlocked':
      return { what: inOneLine(hasNotHelped, what), meaning, next: blockedWords(say, problem) };
  }
}

/** Where Defender's own code, or the permission that it wants, belongs to what happened. */
function ofNamed(
  { problems }: Catalogue,
  problem: Of<'deviceNotSupported' | 'actionNotOffered' | 'permissionMissing' | 'defenderRefused'>,
): ProblemWords {
  switch (problem.kind) {
    case 'deviceNotSupported':
    case 'actionNotOffered': {
      const said = problems[problem.kind];
      return { ...said, what: said.what(problem.code) };
    }
    case 'permissionMissing':
      return { ...problems.permissionMissing, what: problems.permissionMissing.what(problem.permission) };
    case 'defenderRefused': {
      const answer = problem.code === '' ? `${problem.status}` : `${problem.status} ${problem.code}`;
      return { ...problems.defenderRefused, what: problems.defenderRefused.what(answer) };
    }
  }
}
