/** What the cards say of an approval by a second person. */
import type { ApproverMention } from '../src/domain/approval.ts';
import type { AwaitingApproval, Denied, ExpiredRequest } from '../src/domain/request.ts';
import { askedElsewhere } from '../src/domain/request.ts';
import type { CardContext } from './context.ts';
import { placeWords } from './place-words.ts';
import { moment, strong, type Words, words } from './words.ts';

/** Who has to do what until when. */
export function awaitingWords(request: AwaitingApproval, context: CardContext): readonly Words[] {
  const elsewhere = askedElsewhere(request);
  const until = moment(request.expiresAt);
  if (elsewhere !== undefined) {
    return [
      whyWords(request),
      words`I have asked ${placeWords(elsewhere, context)}, until ${until}. Nothing has been sent yet, and you are told here how it ends.`,
    ];
  }
  return [
    whyWords(request),
    words`Somebody other than ${request.requester.name}${rightsWords(request, context)} can press ${strong('Approve')} or ${strong('Deny')} until ${until}. Nothing has been sent yet.`,
  ];
}

/** What an approver has to have. */
export function rightsWords({ devices }: AwaitingApproval, { approval: { role } }: CardContext): Words {
  const sees = devices.length === 1 ? words`who may see it in Defender` : words`who may see all of them in Defender`;
  return role === undefined ? words` ${sees}` : words` ${sees} and has the app role ${strong(role)}`;
}

/** Which device it is, and why, is for those whom Defender shows it. */
function whyWords({ question, devices }: AwaitingApproval): Words {
  switch (question.why) {
    case 'everyRequest':
      return words`Here a second person has to approve every collection.`;
    case 'highValueDevice':
      return devices.length === 1
        ? words`This device counts as high value, so a second person has to approve.`
        : words`Among these devices is one that counts as high value, so a second person has to approve all of them.`;
  }
}

/** Who said no, and why. */
export function deniedWords({ denial }: Denied): readonly Words[] {
  return [
    words`${denial.by.name} denied it: “${denial.reason}”.`,
    words`Nothing was sent to Defender. ${strong('Try again')} asks anew, and needs a new approval.`,
  ];
}

/** What nobody did in time. */
export function expiredWords({ expiredAt, question }: ExpiredRequest): Words {
  const until = moment(expiredAt);
  return question === undefined
    ? words`Nobody confirmed it until ${until}. Nothing was sent to Defender. ${strong('Try again')} asks anew.`
    : words`Nobody approved it until ${until}. Nothing was sent to Defender. ${strong('Try again')} asks anew.`;
}

/** How somebody who is to be mentioned is called. */
export function mentionName(mention: ApproverMention): string {
  return mention.kind === 'user' ? mention.upn : mention.name;
}
