import { strong, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { buttons } from './buttons.ts';

/** What stands in the way of a sign-in, and what the person can do about it. `number` is Entra’s, in brackets, or nothing. */
export const obstacles: Catalogue['obstacles'] = {
  secondFactor: (number) => words`Microsoft Entra verlangt von der anfragenden Person einen zweiten Faktor${number}.`,
  device: (number) =>
    words`Microsoft Entra lässt die Anmeldung von diesem Gerät nicht zu: Es muss Ihrer Organisation bekannt, konform oder verwaltet sein${number}.`,
  app: (number) => words`Microsoft Entra verlangt eine andere, genehmigte App${number}.`,
  risk: (number) => words`Microsoft Entra stuft das Konto der anfragenden Person als gefährdet ein${number}.`,
  policy: (number) =>
    words`Eine Richtlinie für bedingten Zugriff Ihrer Organisation blockiert es, zum Beispiel wegen des Orts oder des Netzwerks${number}.`,
  sessionEnded: (number) =>
    words`Die Anmeldung der anfragenden Person ist abgelaufen, wurde widerrufen oder ist älter, als Ihre Organisation erlaubt${number}.`,
  unsaid: (number) => words`Microsoft verlangt eine neue Anmeldung der anfragenden Person${number}.`,

  ruleSeen: words`Bleibt es dabei, kann der Administrator Ihres Mandanten sehen, welche Regel blockiert.`,
  again: words`Melden Sie sich erneut an.`,
  againFromDevice: words`Melden Sie sich erneut an, von einem Gerät, das Ihre Organisation verwaltet.`,
  againFromPlace: words`Melden Sie sich erneut an, mit einem Gerät, einer App und an einem Ort, die die Regeln Ihrer Organisation erlauben.`,
  againWithFactor: words`Melden Sie sich in dem Fenster, das sich öffnet, erneut an, mit Ihrem zweiten Faktor.`,
  findRule: words`Der Administrator Ihres Mandanten findet die Regel über die Korrelations-ID im Anmeldeprotokoll von Entra. Eine andere Person Ihres Teams, die sie durchlässt, kann auf ${strong(buttons.tryAgain)} klicken.`,
  coverThisApp: words`Die Regel muss diese App ebenso erfassen wie Defender, damit das Anmeldefenster nach dem zweiten Faktor fragt.`,
};
