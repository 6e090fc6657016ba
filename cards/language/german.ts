import type { Catalogue } from './catalogue.ts';
import { examples } from './german/examples.ts';
import { status } from './german/status.ts';

/** All that the bot says in German. */
export const german: Catalogue = { examples, status };
