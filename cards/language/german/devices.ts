import { words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';

/** What everybody may read of devices. */
export const devices: Catalogue['devices'] = {
  unknownSystem: 'Betriebssystem unbekannt',
  health: {
    Active: 'Sensor aktiv',
    Inactive: 'Sensor inaktiv',
    ImpairedCommunication: 'Sensor teilweise nicht erreichbar',
    NoSensorData: 'keine Sensordaten',
    NoSensorDataImpairedCommunication: 'keine Sensordaten, teilweise nicht erreichbar',
    Unknown: 'Sensorstatus unbekannt',
  },
  unlistedSystem: words`Bei diesem System weist Defender die Sammlung vielleicht ab: Die Dokumentation nennt Windows 10 ab Version 1703 und Windows 11.`,
  slowToAnswer: words`Dieses Gerät antwortet vielleicht nicht so bald: Eine Sammlung kann Stunden oder Tage ausstehen.`,
  mayRefuse: words`Defender weist vielleicht ab`,
  mayNotAnswer: words`antwortet vielleicht nicht bald`,
  several: (count) => (count === 1 ? words`1 Gerät` : words`${count} Geräte`),
  ofSeveral: (count) => (count === 1 ? words`1 Gerät` : words`${count} Geräten`),
};
