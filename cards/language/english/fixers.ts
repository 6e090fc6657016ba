/** Who can mend a problem. */
export const fixers = {
  person: 'the person who asked',
  colleague: 'a colleague',
  defenderAdministrator: 'your Defender administrator',
  tenantAdministrator: 'your tenant’s administrator',
  operator: 'whoever runs this bot',
  time: 'nobody has to: wait',
};
