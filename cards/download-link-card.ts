import type { Device } from '../src/domain/device.ts';
import type { Request } from '../src/domain/request.ts';
import type { PackageLink } from '../src/domain/secret.ts';
import { type AdaptiveCard, card, linkButton, text } from './adaptive-card.ts';
import { showCardButton } from './buttons.ts';
import { deviceName } from './device-words.ts';
import type { Catalogue } from './language/catalogue.ts';
import { words } from './words.ts';

/** Shows the link to a package. For the clicker's eyes alone: whoever has the link can download. */
export function downloadLinkCard(
  { downloadLink: said, buttons }: Catalogue,
  request: Request,
  device: Device,
  packageLink: PackageLink,
): AdaptiveCard {
  const name = deviceName(device);
  return card(
    said.summary(name),
    [
      text(said.onlyYou, { size: 'small', isSubtle: true }),
      text(words`${name}`, { size: 'large', weight: 'bolder', style: 'heading', spacing: 'none' }),
      text(said.ready, { spacing: 'small' }),
      text(said.worksBriefly, { spacing: 'small' }),
      text(said.mayBeHarmful, { size: 'small', isSubtle: true, spacing: 'small' }),
    ],
    [linkButton(buttons.downloadPackage, packageLink.reveal()), showCardButton(request, buttons.back)],
  );
}
