import { RandomKills } from './random-kills.ts';

/** Kills in all, in lanes side by side. */
const kills = 200;
const lanes = 2;

describe('a process killed 200 times at random moments, on the embedded store, while people go on asking', function () {
  this.timeout(40 * 60_000);
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

  for (let lane = 0; lane < lanes; lane += 1) {
    it(`loses nothing and doubles nothing (lane ${lane}, SEED=${seed})`, async () => {
      await new RandomKills(seed + lane, kills / lanes, (line) => console.log(`      ${line}`)).run();
    });
  }
});
