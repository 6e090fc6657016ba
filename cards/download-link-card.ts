import type { Device } from '../src/domain/device.ts';
import type { Request } from '../src/domain/request.ts';
import type { PackageLink } from '../src/domain/secret.ts';
import { type AdaptiveCard, card, linkButton, text } from './adaptive-card.ts';
import { showCardButton } from './buttons.ts';
import { deviceName } from './device-words.ts';
import { words } from './words.ts';

/** Shows the link to a package. For the clicker's eyes alone: whoever has the link can download. */
export function downloadLinkCard(request: Request, device: Device, packageLink: PackageLink): AdaptiveCard {
  const name = deviceName(device);
  return card(
    words`The download link to the investigation package of ${name}`,
    [
      text(words`Only you can see this`, { size: 'small', isSubtle: true }),
      text(words`${name}`, { size: 'large', weight: 'bolder', style: 'heading', spacing: 'none' }),
      text(words`The package is ready to download.`, { spacing: 'small' }),
      text(
        words`The link works for a few minutes only, for anybody who has it: do not pass it on. When it no longer works, get a new one.`,
        { spacing: 'small' },
      ),
      text(words`What is in the package comes from the device and may be harmful: open it where that does no damage.`, {
        size: 'small',
        isSubtle: true,
        spacing: 'small',
      }),
    ],
    [linkButton('Download package', packageLink.reveal()), showCardButton(request, 'Back')],
  );
}
