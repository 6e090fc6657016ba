import { examples } from './english/examples.ts';
import { status } from './english/status.ts';

/** All that the bot says in English. */
export const english = { examples, status };
