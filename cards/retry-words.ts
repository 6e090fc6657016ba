import type { Catalogue } from './language/catalogue.ts';
import type { Words } from './words.ts';

/** What is said of one device, for one of several: there the button is called **Retry failed**. */
export function namingRetry({ buttons }: Catalogue, { pieces }: Words): Words {
  return {
    pieces: pieces.map((piece) =>
      piece.kind === 'strong' && piece.text === buttons.tryAgain ? { ...piece, text: buttons.retryFailed } : piece,
    ),
  };
}
