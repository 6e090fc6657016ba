import { type Piece, strong, type Words, words } from '../../words.ts';
import { buttons } from './buttons.ts';

/** What the cards say of an approval by a second person. */
export const approval = {
  askedElsewhere: (where: Words, until: Piece) =>
    words`I have asked ${where}, until ${until}. Nothing has been sent yet, and you are told here how it ends.`,
  /** `rights` follows the person who may. */
  somebodyElse: (requester: string, rights: Words, until: Piece) =>
    words`Somebody other than ${requester}${rights} can press ${strong(buttons.approve)} or ${strong(buttons.deny)} until ${until}. Nothing has been sent yet.`,
  seesOne: words` who may see it in Defender`,
  seesAll: words` who may see all of them in Defender`,
  seesOneInRole: (role: string) => words` who may see it in Defender and has the app role ${strong(role)}`,
  seesAllInRole: (role: string) => words` who may see all of them in Defender and has the app role ${strong(role)}`,
  everyRequest: words`Here a second person has to approve every collection.`,
  highValueDevice: words`This device counts as high value, so a second person has to approve.`,
  highValueAmong: words`Among these devices is one that counts as high value, so a second person has to approve all of them.`,
  deniedBecause: (approver: string, reason: string) => words`${approver} denied it: “${reason}”.`,
  askAnew: words`Nothing was sent to Defender. ${strong(buttons.tryAgain)} asks anew, and needs a new approval.`,
  nobodyConfirmed: (until: Piece) =>
    words`Nobody confirmed it until ${until}. Nothing was sent to Defender. ${strong(buttons.tryAgain)} asks anew.`,
  nobodyApproved: (until: Piece) =>
    words`Nobody approved it until ${until}. Nothing was sent to Defender. ${strong(buttons.tryAgain)} asks anew.`,

  wants: (requester: string) => words`${requester} wants an investigation package.`,
  wantsOf: (requester: string, devices: Words, reason: string) =>
    words`${requester} wants an investigation package of ${devices}: “${reason}”`,
  waits: (until: Piece) => words`It waits for an approval, until ${until}.`,
  stillWaits: (until: Piece) => words`It still waits for an approval, until ${until}.`,
  decideAbove: (rights: Words) =>
    words`Somebody else${rights} can press ${strong(buttons.approve)} or ${strong(buttons.deny)} on the card above.`,
  kind: {
    personal: words`Investigation package, asked for in a 1:1 chat with me`,
    groupChat: words`Investigation package, asked for in a group chat`,
    channel: words`Investigation package, asked for in a channel`,
  },
  approvedIt: (approver: string, requester: string) =>
    words`${approver} approved it. ${requester} follows it in the 1:1 chat with me.`,
};
