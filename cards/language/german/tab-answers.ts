import { code, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';

/** What the tab's API says. */
export const tabAnswers: Catalogue['tabAnswers'] = {
  notInTab: words`Das geht nur in der Unterhaltung, auf der Karte dort.`,
  notShown: words`Defender zeigt Ihnen keine solche Sammlung. Sie kann ein Gerät betreffen, das Sie nicht sehen dürfen, oder älter sein als das, was aufbewahrt wird. Schreiben Sie mir ${code('/history <Gerät>')} in einem Chat, um zu sehen, was es gibt.`,
  moreProof: words`Defender verlangt einen stärkeren Nachweis, wer Sie sind, als Ihre Anmeldung bei Teams gibt. Schreiben Sie mir ${code('/status')} in unserem 1:1-Chat: Die Anmeldung dort fragt danach. Tun Sie dort, was Sie hier tun wollten.`,
  notEnough: words`Ihre Anmeldung bei Teams reicht Defender nicht.`,
  lastKnown: words`Dies ist mein letzter Stand Ihrer eigenen Anfragen. Bitte versuchen Sie es in einer Minute erneut, oder schreiben Sie mir ${code('/status')} in unserem 1:1-Chat.`,
  namelessStarter: 'Jemand, den Defender nicht nennt',
};
