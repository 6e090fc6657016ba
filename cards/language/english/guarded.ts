import { strong, type Words, words } from '../../words.ts';
import { buttons } from './buttons.ts';

/** What a conversation reads where people of other organisations read along. */
export const guarded = {
  summary: (devices: Words, status: string, requester: string) =>
    words`Investigation package of ${devices}: ${status}. Asked by ${requester}.`,
  toYouAlone: words`${strong(buttons.showDetails)} shows them to you alone, if you belong to the bot’s organisation.`,
  mixed: words`People from outside the organisation read along here, so this card names no device and no reason.`,
  unknown: words`I could not see who reads along here, so this card names no device and no reason.`,
};
