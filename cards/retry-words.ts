import type { Words } from './words.ts';

/** What is said of one device, for one of several: there the button is called **Retry failed**. */
export function namingRetry({ pieces }: Words): Words {
  return {
    pieces: pieces.map((piece) =>
      piece.kind === 'strong' && piece.text === 'Try again' ? { ...piece, text: 'Retry failed' } : piece,
    ),
  };
}
