/** What the cards say of an approval by a second person. */
import type { ApproverMention } from '../src/domain/approval.ts';
import type { AwaitingApproval, Denied, ExpiredRequest } from '../src/domain/request.ts';
import { askedElsewhere } from '../src/domain/request.ts';
import type { CardContext } from './context.ts';
import type { Catalogue } from './language/catalogue.ts';
import { placeWords } from './place-words.ts';
import { moment, type Words } from './words.ts';

/** Who has to do what until when. */
export function awaitingWords(request: AwaitingApproval, context: CardContext): readonly Words[] {
  const { say } = context;
  const elsewhere = askedElsewhere(request);
  const until = moment(request.expiresAt);
  const who =
    elsewhere === undefined
      ? say.approval.somebodyElse(request.requester.name, rightsWords(request, context), until)
      : say.approval.askedElsewhere(placeWords(elsewhere, context), until);
  return [whyWords(say, request), who];
}

/** What an approver has to have: a clause, right after the word for them. */
export function rightsWords({ devices }: AwaitingApproval, { approval: { role }, say }: CardContext): Words {
  const said = say.approval;
  if (devices.length === 1) return role === undefined ? said.seesOne : said.seesOneInRole(role);
  return role === undefined ? said.seesAll : said.seesAllInRole(role);
}

/** Which device it is, and why, is for those whom Defender shows it. */
function whyWords({ approval }: Catalogue, { question, devices }: AwaitingApproval): Words {
  switch (question.why) {
    case 'everyRequest':
      return approval.everyRequest;
    case 'highValueDevice':
      return devices.length === 1 ? approval.highValueDevice : approval.highValueAmong;
  }
}

/** Who said no, and why. */
export function deniedWords({ approval }: Catalogue, { denial }: Denied): readonly Words[] {
  return [approval.deniedBecause(denial.by.name, denial.reason), approval.askAnew];
}

/** What nobody did in time. */
export function expiredWords({ approval }: Catalogue, { expiredAt, question }: ExpiredRequest): Words {
  const until = moment(expiredAt);
  return question === undefined ? approval.nobodyConfirmed(until) : approval.nobodyApproved(until);
}

/** How somebody who is to be mentioned is called. */
export function mentionName(mention: ApproverMention): string {
  return mention.kind === 'user' ? mention.upn : mention.name;
}
