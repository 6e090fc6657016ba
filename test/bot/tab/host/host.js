/*
 * Runs in the page around the tab: what a Teams client answers to teams-js 2 (its 'communication' and 'app' modules).
 * `window.teams` is what the test says of this client; `window.said` is what the tab has asked of it.
 */
window.said = [];
window.teams = { theme: 'default', token: undefined, subEntityId: undefined, frameContext: 'content', locale: 'en-GB' };

const runtime = {
  apiVersion: 4,
  isLegacyTeams: false,
  hostVersionsInfo: { adaptiveCardSchemaVersion: { majorVersion: 1, minorVersion: 5 } },
  supports: { app: { lifecycle: {} }, pages: { appButton: {}, tabs: {}, config: {}, backStack: {}, fullTrust: {} } },
};

const answers = {
  initialize: () => [window.teams.frameContext, 'web', JSON.stringify(runtime), '2.58.0'],
  getContext: () => [
    {
      theme: window.teams.theme,
      locale: window.teams.locale,
      entityId: 'collections',
      subEntityId: window.teams.subEntityId,
      frameContext: window.teams.frameContext,
      hostClientType: 'web',
      hostName: 'Teams',
    },
  ],
  'authentication.getAuthToken': () =>
    window.teams.token === undefined ? [false, 'resourceRequiresConsent'] : [true, window.teams.token],
  executeDeepLink: () => [true],
};

/** What the host says of its own accord. */
window.tellTab = (func, ...args) => window.frames.tab.postMessage({ func, args }, '*');

window.addEventListener('message', ({ data, source, origin }) => {
  if (source !== window.frames.tab) return;
  const { id, uuidAsString, uuid, func, args } = data;
  window.said.push([func, ...args]);
  const answer = answers[func];
  if (answer !== undefined) source.postMessage({ id, uuid, uuidAsString, args: answer(...args) }, origin);
});
