import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { z } from 'zod';
import { dockerfileStages, dockerfileText } from './dockerfile.ts';

const { devDependencies } = z
  .object({ devDependencies: z.object({ node: z.string() }) })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));

describe('the image', () => {
  const stages = dockerfileStages();
  const image = stages.at(-1);

  it('is described by a Dockerfile in which a linter finds nothing', () => {
    assert.deepEqual(
      validate(dockerfileText).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`),
      [],
    );
  });

  it('runs the Node that the tests run on', () => {
    for (const { from } of stages) assert.match(from, new RegExp(`^node:${devDependencies.node}-`));
  });

  it('does not run as root', () => {
    const users = image?.instructions.filter(({ keyword }) => keyword === 'USER').map(({ text }) => text);
    assert.deepEqual(users, ['node']);
  });

  it('asks the bot itself whether it lives', () => {
    const check = image?.instructions.find(({ keyword }) => keyword === 'HEALTHCHECK');
    assert.match(check?.text ?? '', /\/healthz/);
  });

  it('is made of files that there are, and that .dockerignore lets through', () => {
    const allowed = readFileSync(new URL('../.dockerignore', import.meta.url), 'utf8').split('\n');
    const copied = stages
      .flatMap(({ instructions }) => instructions)
      .filter(({ keyword, flags }) => keyword === 'COPY' && flags.length === 0)
      .flatMap(({ text }) => text.split(' ').slice(0, -1));
    assert.ok(copied.length > 0);
    for (const path of copied) {
      assert.ok(existsSync(new URL(`../${path}`, import.meta.url)), path);
      assert.ok(allowed.includes(`!${path}`), path);
    }
  });
});
