import { strong, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { buttons } from './buttons.ts';

/** What the cards say of an approval by a second person. The clause on the rights is one between commas. */
export const approval: Catalogue['approval'] = {
  askedElsewhere: (where, until) =>
    words`Ich habe ${where} um Genehmigung gebeten, bis ${until}. Noch wurde nichts gesendet; wie es ausgeht, erfahren Sie hier.`,
  somebodyElse: (requester, rights, until) =>
    words`Bis ${until} kann jemand anders als ${requester}${rights}, auf ${strong(buttons.approve)} oder ${strong(buttons.deny)} klicken. Noch wurde nichts gesendet.`,
  seesOne: words`, der das Gerät in Defender sehen darf`,
  seesAll: words`, der alle Geräte in Defender sehen darf`,
  seesOneInRole: (role) => words`, der das Gerät in Defender sehen darf und die App-Rolle ${strong(role)} hat`,
  seesAllInRole: (role) => words`, der alle Geräte in Defender sehen darf und die App-Rolle ${strong(role)} hat`,
  everyRequest: words`Hier muss eine zweite Person jede Sammlung genehmigen.`,
  highValueDevice: words`Dieses Gerät gilt als besonders schützenswert, daher muss eine zweite Person genehmigen.`,
  highValueAmong: words`Eines dieser Geräte gilt als besonders schützenswert, daher muss eine zweite Person alle genehmigen.`,
  deniedBecause: (approver, reason) => words`${approver} hat abgelehnt: „${reason}“.`,
  askAnew: words`An Defender wurde nichts gesendet. ${strong(buttons.tryAgain)} fragt neu an und braucht eine neue Genehmigung.`,
  nobodyConfirmed: (until) =>
    words`Bis ${until} hat niemand bestätigt. An Defender wurde nichts gesendet. ${strong(buttons.tryAgain)} fragt neu an.`,
  nobodyApproved: (until) =>
    words`Bis ${until} hat niemand genehmigt. An Defender wurde nichts gesendet. ${strong(buttons.tryAgain)} fragt neu an.`,

  wants: (requester) => words`${requester} möchte ein Untersuchungspaket.`,
  wantsOf: (requester, devices, reason) =>
    words`${requester} möchte ein Untersuchungspaket von ${devices}: „${reason}“`,
  waits: (until) => words`Die Anfrage wartet bis ${until} auf eine Genehmigung.`,
  stillWaits: (until) => words`Die Anfrage wartet noch bis ${until} auf eine Genehmigung.`,
  decideAbove: (rights) =>
    words`Jemand anders${rights}, kann auf der Karte oben auf ${strong(buttons.approve)} oder ${strong(buttons.deny)} klicken.`,
  kind: {
    personal: words`Untersuchungspaket, angefragt in einem 1:1-Chat mit mir`,
    groupChat: words`Untersuchungspaket, angefragt in einem Gruppenchat`,
    channel: words`Untersuchungspaket, angefragt in einem Kanal`,
  },
  approvedIt: (approver, requester) => words`${approver} hat genehmigt. ${requester} verfolgt es im 1:1-Chat mit mir.`,
};
