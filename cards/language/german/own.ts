import { strong, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';
import { buttons } from './buttons.ts';

/** What only the requester reads of a proposal. */
export const own: Catalogue['own'] = {
  rightDevices: (confirm, until) =>
    words`Sind das die richtigen Geräte? Noch wurde nichts gesendet. Wählen Sie ab, was ausgelassen werden soll. Bis ${until} können Sie auf ${strong(confirm)} klicken.`,
  rightDevice: (confirm, until) =>
    words`Ist das das richtige Gerät? Noch wurde nichts gesendet. Bis ${until} können Sie auf ${strong(confirm)} klicken.`,
  device: 'Gerät',
  pickOne: 'Wählen Sie eines der Geräte aus.',
  noneOfThese: words`Keines davon: auslassen`,
  oneOfThese: (name) => words`„${name}“ ist eines davon:`,
  thereAreMore: (count) =>
    words`Es gibt mehr als diese ${count}. Ist Ihres nicht dabei, grenzen Sie es ein: Klicken Sie auf ${strong(buttons.cancel)}, und senden Sie den Befehl noch einmal mit mehr vom Namen oder mit der Geräte-ID.`,
  noFullReport: words`kein vollständiger Bericht`,
  lastFullReport: (at) => words`letzter vollständiger Bericht ${at}`,
  inGroup: (group) => words`, Gruppe ${group}`,
  choice: (name, seen, device, group, id) => words`${name}: ${seen}, ${device}${group}, ID ${id}`,
  whichOne: (match) => words`${match}. Welches meinen Sie?`,

  restricted: words`Es trägt das Tag ${strong('Restricted security operations')}: Defender weist die Sammlung vielleicht ab.`,
  runsAlready: (who, at) =>
    words`Auf dem Gerät läuft schon eine Sammlung: ${who} hat sie gestartet (${at}). Die Anfrage verfolgt diese und startet keine zweite, es sei denn, sie ist bis dahin beendet.`,
  runsAlreadyUnapproved: (who, at) =>
    words`Auf dem Gerät läuft schon eine Sammlung: ${who} hat sie gestartet (${at}). Die Anfrage verfolgt diese und startet keine zweite.`,
  collectedLately: (who, at) =>
    words`Von dem Gerät gibt es schon ein Paket (${at}); gestartet hat es ${who}. Vielleicht genügt dieses.`,
  needsApproval: words`Eine zweite Person muss genehmigen, bevor gesendet wird. Darum bitte ich, wenn Sie auf ${strong(buttons.collect)} klicken.`,
  nobodyToApprove: words`Eine zweite Person muss genehmigen, und in diesem Chat ist sonst niemand: Senden Sie den Befehl in einem Kanal oder Gruppenchat, in dem ich bin.`,
  marks: {
    needsApproval: words`braucht Genehmigung`,
    restricted: words`eingeschränkt`,
    runsAlready: words`läuft schon`,
    collectedLately: words`kürzlich gesammelt`,
  },

  facts: {
    build: (build) => words`Build ${build}`,
    risk: (risk) => words`Risiko ${risk}`,
    exposure: (exposure) => words`Gefährdung ${exposure}`,
    value: (value) => words`Wert ${value}`,
    noFullReport: words`Defender hat keinen vollständigen Bericht dieses Geräts.`,
    lastFullReport: (at) =>
      words`Letzter vollständiger Bericht: ${at}. Ein Gerät sendet etwa einmal am Tag einen, daher kann auch ein eingeschaltetes einen Tag alt aussehen.`,
    group: (group) => words`Gerätegruppe ${group}`,
    tags: (tags) => words`Tags: ${tags}`,
    moreTags: (tags, more) => words`Tags: ${tags} und ${more} weitere`,
    firstSeen: (at) => words`Zuerst gesehen: ${at}`,
  },
  earlierUnknown: words`Frühere Sammlungen von diesem Gerät wurden nicht abgefragt, oder Defender hat nicht geantwortet.`,
  noneEarlier: words`Defender zeigt Ihnen keine frühere Sammlung von diesem Gerät.`,
  earlier: words`Frühere Sammlungen:`,
  earlierOne: (status, who, at) => words`${status}: ${who}, ${at}`,
  nobodyNamed: words`jemand, den Defender nicht nennt`,
};
