import { strong, words } from '../../words.ts';

/** Answers to somebody who may not decide, and to somebody who asked where nobody can. */
export const approvalAnswers = {
  roleMissing: (role: string) =>
    words`To decide here you need the app role ${strong(role)}, and your sign-in does not carry it. Your tenant’s administrator assigns it in Entra; then send ${strong('/signout')} and press again.`,
  deviceHidden: (device: string) =>
    words`Defender does not show you ${strong(device)}, so you cannot decide about it. Your Defender administrator can look at your role and device groups.`,
  askElsewhere: words`A second person has to approve every collection, and in this chat there is nobody else. Send the same command in a channel or group chat where I am.`,
  placeUnseen: words`A second person has to approve this, but I cannot write yet where approvals are asked. Nothing was sent. Tell whoever runs me: I have to be added there and mentioned once. Until then send the command in a channel or group chat.`,
  pending: words`Defender is slow to say whether you may decide, and I am still waiting. If the card does not change within a minute, press the button again.`,
};
