import { type Piece, strong, type Words, words } from '../../words.ts';
import { buttons } from './buttons.ts';

const nothing = words`Nothing was collected.`;
const nothingToRepair = words`There is nothing to repair on your side.`;

/**
 * Every problem: what happened, what it means for the request, what to do now and who can fix it. They speak of ‘the
 * person who asked’: the card is read by others, too. `code` is Microsoft’s, in brackets after a blank, or nothing.
 */
export const problems = {
  correlation: (id: string) => words`For the administrator: correlation ID ${id}`,

  someoneElsesSignIn: {
    what: words`Somebody else’s account came back from the sign-in.`,
    meaning: words`It is not the account of the person who asked, so it was not used. ${nothing}`,
    next: words`Sign in again, and choose the account that you use in this chat.`,
  },
  otherTenant: {
    what: words`This account is a guest, or belongs to another organisation.`,
    meaning: words`Defender would not know it here. ${nothing}`,
    next: words`Ask a member of this organisation to send the command.`,
  },
  consentMissing: {
    what: words`Your organisation has not yet allowed this app to speak to Defender.`,
    meaning: words`Until then nobody can collect here. ${nothing}`,
    next: words`Your tenant’s administrator can allow it: send them the link behind ${strong(buttons.askYourAdministrator)}. Then press ${strong(buttons.tryAgain)}.`,
  },
  signInRefused: {
    what: (code: Words) => words`Microsoft Entra does not let the bot act for the person who asked${code}.`,
    meaning: words`Defender cannot be asked. ${nothing}`,
    next: words`Sign in again. If it is refused again, your tenant’s administrator can find the reason in the sign-in log.`,
  },
  signInUnavailable: {
    what: words`Microsoft’s sign-in service did not answer in time.`,
    meaning: words`Defender cannot be asked for the moment. ${nothing}`,
    next: words`Wait a minute, then try again. ${nothingToRepair}`,
  },
  botRefused: {
    what: (code: Words) =>
      words`Microsoft does not accept the bot itself${code}: its credential or its registration is not right.`,
    meaning: words`It is not about the person who asked. Until it is mended the bot can do nothing for anybody. ${nothing}`,
    next: words`Tell whoever runs this bot, with the correlation ID; then press ${strong(buttons.tryAgain)}.`,
  },
  proof: {
    meaning: words`Until then the bot may not act for the person who asked. ${nothing}`,
    hasNotHelped: words`The new sign-in has not helped.`,
  },

  deviceNotFound: {
    what: words`Defender shows no such device to the person who asked.`,
    meaning: words`Either the ID or name is wrong, or the device is in a device group that they may not see. ${nothing}`,
    next: words`Compare it with the device’s page in Defender. If it is right, your Defender administrator can look at the device group.`,
  },
  deviceNotSupported: {
    what: (code: string) => words`Defender cannot collect from this device (${code}).`,
    meaning: words`It needs Windows 10 version 1703 or later, or Windows 11, and a current sensor. ${nothing}`,
    next: words`Update the device’s system or sensor, or collect by hand in a live response session.`,
  },
  alreadyRunningUnseen: {
    what: words`Defender says that a collection is already running on this device, but does not show it.`,
    meaning: words`Nothing new was started, and there is nothing that the bot could follow.`,
    next: words`Wait some minutes, then press ${strong(buttons.tryAgain)}. The device’s action center in Defender may show it earlier.`,
  },

  permissionMissing: {
    what: (permission: string) => words`This app lacks the Defender permission ${strong(permission)}.`,
    meaning: words`Defender refuses the call, whoever asks. ${nothing}`,
    next: words`Your tenant’s administrator can consent to the delegated permissions ${strong('Machine.Read')} and ${strong('Machine.CollectForensics')}. Then press ${strong(buttons.tryAgain)}.`,
  },
  notPermitted: {
    what: words`Defender does not allow this to the person who asked, and does not say why.`,
    meaning: words`Their Defender role may not cover it, or not reach this device’s group; the plan may not have this action; or the bot’s token is for another service. ${nothing}`,
    next: words`Your Defender administrator can grant ${strong('Alerts investigation')} and ${strong('View data')} (in Unified RBAC: ${strong('Alerts (manage)')} and ${strong('Security data basics (read)')}) for the device’s group, and check the plan. A colleague who has them can press ${strong(buttons.tryAgain)}. If it allows nobody, tell whoever runs this bot.`,
  },
  actionNotOffered: {
    what: (code: string) => words`Defender does not offer this action here (${code}).`,
    meaning: words`It needs Defender for Endpoint Plan 2, and must not be switched off. ${nothing}`,
    next: words`Your Defender administrator can check the plan and the settings for this device.`,
  },
  notAsApproved: {
    what: words`What was about to be sent is not what was approved.`,
    meaning: words`Device, reason or requester was changed after the approval, and not by the bot. ${nothing}`,
    next: words`Tell whoever runs this bot: somebody may have changed its database. ${strong(buttons.tryAgain)} asks for a new approval.`,
  },

  throttled: {
    what: words`Defender has had too many calls and takes no more for the moment.`,
    meaning: nothing,
    next: (until: Piece) => words`Try again after ${until}. ${nothingToRepair}`,
  },
  noBudget: {
    what: words`Defender allows only so many calls a minute and an hour, and the bot has used them up.`,
    meaning: nothing,
    next: (wait: string) => words`Try again in ${wait}. ${nothingToRepair}`,
  },
  defenderRefused: {
    what: (answer: string) => words`Defender refused the call (${answer}).`,
    meaning: nothing,
    next: words`The same once more would be refused again. Tell whoever runs this bot: by the status, the code and the correlation ID they find the call.`,
  },
  defenderUnavailable: {
    what: words`Defender did not answer, or answered with a fault of its own.`,
    meaning: nothing,
    next: words`Wait some minutes, then try again. ${nothingToRepair}`,
  },
  outcomeUnknown: {
    what: words`Defender never said whether it started the collection.`,
    meaning: words`It may be running, or not. The bot could not look, and does not send it twice on a guess.`,
    next: words`Look at the device’s action center in Defender. If nothing runs there, press ${strong(buttons.tryAgain)}.`,
  },
  defenderUnreadable: {
    what: words`Defender’s answer was not one that the bot understands.`,
    meaning: words`The bot does not guess from such an answer.`,
    next: words`Try again once. If it stays so, tell whoever runs this bot.`,
  },
};
