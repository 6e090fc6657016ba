import type { Catalogue } from '../catalogue.ts';

/** Who can mend a problem, in the words in which `problems` names them. */
export const fixers: Catalogue['fixers'] = {
  person: 'die anfragende Person',
  colleague: 'eine andere Person Ihres Teams',
  defenderAdministrator: 'Ihr Defender-Administrator',
  tenantAdministrator: 'der Administrator Ihres Mandanten',
  operator: 'der Betreiber des Bots',
  time: 'niemand: abwarten',
};
