import { strong, words } from '../../words.ts';
import { buttons } from './buttons.ts';
import { examples } from './examples.ts';

/** What is said once where the bot was added. */
export const welcome = {
  /** @param tag the mention, as it stands in the text of the card */
  addedBy: (tag: string) => `${tag} added me to this conversation.`,
  addedCollector: (name: string) => words`${name} added Collector to this conversation.`,
  does: words`I ask Microsoft Defender for Endpoint to collect an investigation package from a device, keep a card about it up to date here, and say how it ended. For example: ${examples.collect}`,
  never: words`What I never do: collect before somebody has seen the device and pressed ${strong(buttons.collect)}; use rights of my own, because Defender sees whoever asks; show a download link, or what Defender shows one person, to others; write to people one by one without being asked.`,
  how: words`Mention me, or type a command after a slash. ${examples.help} shows all of them.`,
};
