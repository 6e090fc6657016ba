/** The echo bot of the Teams SDK, as in the README of @microsoft/teams.apps, authentication on. */
import { App } from '@microsoft/teams.apps';

const app = new App();
app.on('message', async ({ send, activity }) => {
  await send(`Echo: ${activity.text}`);
});
await app.start(Number(process.env.PORT));
