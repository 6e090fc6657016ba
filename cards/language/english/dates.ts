/** Units and numbers. */
export const dates = {
  second: 's',
  minute: 'min',
  hour: 'h',
  day: 'd',
  count: (amount: number) => amount.toLocaleString('en'),
};
