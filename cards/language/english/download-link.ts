import { words } from '../../words.ts';

/** What stands beside the link to a package. */
export const downloadLink = {
  summary: (device: string) => words`The download link to the investigation package of ${device}`,
  onlyYou: words`Only you can see this`,
  ready: words`The package is ready to download.`,
  worksBriefly: words`The link works for a few minutes only, for anybody who has it: do not pass it on. When it no longer works, get a new one.`,
  mayBeHarmful: words`What is in the package comes from the device and may be harmful: open it where that does no damage.`,
};
