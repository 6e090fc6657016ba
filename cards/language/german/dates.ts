import type { Catalogue } from '../catalogue.ts';

/** Units and numbers. The units are the international ones, which German takes as they are. */
export const dates: Catalogue['dates'] = {
  second: 's',
  minute: 'min',
  hour: 'h',
  day: 'd',
  count: (amount) => amount.toLocaleString('de'),
};
