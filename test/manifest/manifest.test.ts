import assert from 'node:assert/strict';
import { z } from 'zod';
import { tabLinks } from '../../bot/tab/tab-links.ts';
import { messageActionId } from '../../bot/teams/message-action.ts';
import { makeAppPackage } from '../../manifest/app-package.ts';
import { commandNames } from '../../src/domain/command.ts';
import { env, ingredients } from './ingredients.ts';

const shape = z.object({
  id: z.string(),
  version: z.string(),
  bots: z.tuple([
    z.object({
      botId: z.string(),
      scopes: z.array(z.string()),
      supportsTargetedMessages: z.boolean(),
      commandLists: z.array(
        z.object({
          scopes: z.array(z.string()),
          triggers: z.array(z.string()),
          commands: z.array(z.object({ title: z.string(), description: z.string() })),
        }),
      ),
    }),
  ]),
  composeExtensions: z.tuple([
    z.object({
      botId: z.string(),
      commands: z.array(
        z.object({ id: z.string(), type: z.string(), context: z.array(z.string()), fetchTask: z.boolean() }),
      ),
    }),
  ]),
  staticTabs: z.array(z.object({ entityId: z.string(), contentUrl: z.string(), scopes: z.array(z.string()) })),
  configurableTabs: z.array(z.object({ configurationUrl: z.string(), scopes: z.array(z.string()) })),
  validDomains: z.array(z.string()),
  webApplicationInfo: z.object({ id: z.string(), resource: z.string() }),
});

const named = z.object({
  name: z.object({ short: z.string(), full: z.string() }),
  description: z.object({ short: z.string(), full: z.string() }),
  bots: shape.shape.bots,
  composeExtensions: z.tuple([
    z.object({ commands: z.array(z.object({ title: z.string(), description: z.string() })) }),
  ]),
  staticTabs: z.array(z.object({ name: z.string() })),
});

async function filledManifest() {
  const made = await makeAppPackage(ingredients);
  assert.equal(made.kind, 'ready');
  return shape.parse(made.manifest);
}

describe('the Teams app manifest', () => {
  it('lists exactly the commands that the bot understands, in each place where it can be used', async () => {
    const { bots } = await filledManifest();
    const [{ scopes, commandLists }] = bots;
    assert.deepEqual(scopes.toSorted(), ['groupChat', 'personal', 'team']);
    assert.deepEqual(commandLists.flatMap((list) => list.scopes).toSorted(), scopes.toSorted());
    for (const { commands } of commandLists) {
      assert.deepEqual(
        commands.map(({ title }) => title),
        [...commandNames],
      );
    }
  });

  it('offers every command by mention and by slash', async () => {
    const [bot] = (await filledManifest()).bots;
    assert.equal(bot.supportsTargetedMessages, true);
    for (const { triggers } of bot.commandLists) assert.deepEqual(triggers, ['mention', 'slash']);
  });

  it('describes each command beginning with how it is typed', async () => {
    const [bot] = (await filledManifest()).bots;
    for (const { title, description } of bot.commandLists.flatMap(({ commands }) => commands)) {
      assert.ok(description.startsWith(title), description);
      assert.ok(description.length <= 128, `${description} is cut off in menus`);
    }
  });

  it('offers the one message action that the bot knows, on messages alone, with a dialog of the bot’s own', async () => {
    const [extension] = (await filledManifest()).composeExtensions;
    assert.equal(extension.botId, env.MicrosoftAppId);
    assert.deepEqual(extension.commands, [
      { id: messageActionId, type: 'action', context: ['message'], fetchTask: true },
    ]);
  });

  it('asks for single sign-on to the app that the bot is', async () => {
    const { id, version, bots, webApplicationInfo } = await filledManifest();
    assert.deepEqual(
      { id, version, botId: bots[0].botId, webApplicationInfo },
      {
        id: env.MicrosoftAppId,
        version: ingredients.version,
        botId: env.MicrosoftAppId,
        webApplicationInfo: { id: env.MicrosoftAppId, resource: `api://${env.BOT_DOMAIN}/botid-${env.MicrosoftAppId}` },
      },
    );
  });

  it('has the tab for a person, a channel and a chat, at the bot’s own host, under the name that links to it use', async () => {
    const { staticTabs, configurableTabs } = await filledManifest();
    const address = `https://${env.BOT_DOMAIN}/tab/`;
    assert.deepEqual(staticTabs, [{ entityId: 'collections', contentUrl: address, scopes: ['personal'] }]);
    assert.deepEqual(configurableTabs, [{ configurationUrl: address, scopes: ['team', 'groupChat'] }]);
    const { tab } = tabLinks({ teams: 'https://teams.microsoft.com', teamsAppId: env.MicrosoftAppId, appId: '' });
    assert.ok(tab.endsWith(`/${env.MicrosoftAppId}/collections`));
  });

  it('trusts the domains of the bot and of the Token Service, and no other', async () => {
    assert.deepEqual((await filledManifest()).validDomains, [env.BOT_DOMAIN, 'token.botframework.com']);
  });

  it('says everything in German that Teams can show in the reader’s language, and describes commands as they are typed', async () => {
    const made = await makeAppPackage(ingredients);
    assert.equal(made.kind, 'ready');
    const { name, description, bots, composeExtensions, staticTabs } = named.parse(made.manifest);
    const english: Record<string, string> = {
      'name.full': name.full,
      'description.short': description.short,
      'description.full': description.full,
    };
    for (const [list, { commands }] of bots[0].commandLists.entries()) {
      for (const [each, command] of commands.entries()) {
        english[`bots[0].commandLists[${list}].commands[${each}].description`] = command.description;
      }
    }
    for (const [each, { title, description: says }] of composeExtensions[0].commands.entries()) {
      english[`composeExtensions[0].commands[${each}].title`] = title;
      english[`composeExtensions[0].commands[${each}].description`] = says;
    }
    for (const [each, tab] of staticTabs.entries()) english[`staticTabs[${each}].name`] = tab.name;
    const german = z.record(z.string(), z.string()).parse(JSON.parse(ingredients.translations['de.json'] ?? ''));
    const { $schema: _, 'name.short': brand, ...said } = german;
    assert.equal(brand, name.short);
    assert.deepEqual(Object.keys(said).toSorted(), Object.keys(english).toSorted());
    for (const [key, text] of Object.entries(said)) {
      assert.notEqual(text, english[key], key);
      if (!key.startsWith('bots')) continue;
      assert.equal(text.split(/[ :]/)[0], english[key]?.split(/[ :]/)[0], key);
      assert.ok(text.length <= 128, `${text} is cut off in menus`);
    }
  });
});
