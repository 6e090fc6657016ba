/** One responder at work while the crowd asks: from the click on Collect to the POST at Defender. */

import { mia } from '../sandbox/people.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { ask, type Scene } from '../story/scene.ts';
import { devices } from './world.ts';

/** Nobody would wait so long. */
const patience = 30_000;

/** Mia, who has signed in, and a device that nobody has asked for. */
export class Clicks {
  readonly #sandbox: Sandbox;
  #asked = 0;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  /** Asks for a collection, and waits until the card can be confirmed. */
  async prepare(): Promise<Scene> {
    const device = devices[this.#asked % devices.length];
    if (device === undefined) throw new RangeError('there is no device');
    this.#asked += 1;
    const { places } = this.#sandbox;
    const scene = await ask(this.#sandbox.client(mia), places.channel, device.id);
    await scene.card('Collect');
    return scene;
  }

  /** Clicks Collect. @returns the milliseconds until Defender has the POST; undefined when it does not come */
  async press(scene: Scene): Promise<number | undefined> {
    const began = performance.now();
    const posted = this.#posted();
    await scene.press('Collect');
    const at = await posted;
    return at === undefined ? undefined : at - began;
  }

  #posted(): Promise<number | undefined> {
    return new Promise((resolve) => {
      const settle = (at: number | undefined) => {
        clearTimeout(timer);
        stop();
        resolve(at);
      };
      const timer = setTimeout(() => settle(undefined), patience);
      const stop = this.#sandbox.journal.listen(({ name }) => {
        if (name === 'defender.collect.received') settle(performance.now());
      });
    });
  }
}
