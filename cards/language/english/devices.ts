import { words } from '../../words.ts';

/** What everybody may read of devices. */
export const devices = {
  unknownSystem: 'operating system unknown',
  health: {
    Active: 'sensor active',
    Inactive: 'sensor inactive',
    ImpairedCommunication: 'sensor cut off in part',
    NoSensorData: 'no sensor data',
    NoSensorDataImpairedCommunication: 'no sensor data, cut off in part',
    Unknown: 'sensor state unknown',
  },
  unlistedSystem: words`For this system Defender may refuse: its documentation names Windows 10 version 1703 or later, and Windows 11.`,
  slowToAnswer: words`This device may not answer soon: a collection can stay pending for hours or days.`,
  mayRefuse: words`Defender may refuse`,
  mayNotAnswer: words`may not answer soon`,
  /** As a title. */
  several: (count: number) => (count === 1 ? words`1 device` : words`${count} devices`),
  /** In a sentence, after what is ‘of’ them. */
  ofSeveral: (count: number) => (count === 1 ? words`1 device` : words`${count} devices`),
};
