/** Every word of the tab's page that the server does not send. The page bundles this, in each language. */
export const tabPage = {
  title: 'Collections',
  noScript: 'This page needs JavaScript. Open it as a tab of Collector in Microsoft Teams.',

  filters: 'Filters',
  stage: 'Status',
  everyStage: 'All',
  device: 'Device',
  person: 'Asked by',
  from: 'From',
  to: 'To',
  clear: 'Clear filters',
  reload: 'Reload',

  list: 'Collections, newest first',
  loading: 'Loading collections…',
  found: (count: number) => (count === 1 ? '1 collection' : `${count} collections`),
  cut: 'There are more than these. Narrow them down with the filters.',
  empty: 'There are no collections here yet.',
  emptyHow:
    'Defender shows you none of this time. Ask for one in a chat with Collector: /collect, the device, and the reason.',
  nothingFits: 'Nothing fits these filters.',
  openChat: 'Open the chat with Collector',
  askedBy: (who: string, when: string) => `Asked by ${who}, ${when}`,
  quoted: (reason: string) => `“${reason}”`,

  card: 'Chosen collection',
  back: 'Back to the list',
  opening: 'Opening the card…',
  working: 'One moment…',
  done: 'The card is up to date.',
  askedAgain: 'Asked again: the new request is in the list, and its card in the conversation.',
  choose: 'Choose a collection to see its card.',

  failed: 'The collections could not be loaded.',
  failedHow: 'Your network or Collector did not answer as it should. Nothing was changed.',
  again: 'Try again',

  signedOut: 'Teams did not sign you in here.',
  signedOutHow:
    'Defender answers you, not this page, so it needs your sign-in. Try it once more; if it fails again, your administrator has to allow Collector for your organisation.',
  signIn: 'Sign in',

  outside: 'This page lives in Microsoft Teams.',
  outsideHow: 'Only there it knows who you are. Open it as a tab of Collector.',
  openInTeams: 'Open in Teams',

  setUp: 'Each person sees here what Defender shows to them. Press Save to add the tab.',

  /** The names of the filter's choices. */
  stages: {
    open: 'Going on',
    succeeded: 'Succeeded',
    failed: 'Without a package',
    stopped: 'Stopped',
  },
};
