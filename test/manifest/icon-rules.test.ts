import assert from 'node:assert/strict';
import { PNG } from 'pngjs';
import { colorIconFaults, outlineIconFaults } from '../../manifest/icon-rules.ts';
import { ingredients } from './ingredients.ts';

type Rgba = readonly [red: number, green: number, blue: number, alpha: number];
const white: Rgba = [255, 255, 255, 255];
const grey: Rgba = [254, 255, 255, 40];
const clear: Rgba = [0, 0, 0, 0];

/** A square picture whose pixels are what `paint` says of their number, row by row. */
function square(side: number, paint: (index: number) => Rgba): Buffer {
  const png = new PNG({ width: side, height: side });
  for (let index = 0; index < side * side; index += 1) png.data.set(paint(index), index * 4);
  return PNG.sync.write(png);
}

describe('icon rules', () => {
  it('accept the icons of the project', () => {
    assert.deepEqual(colorIconFaults(ingredients.color), []);
    assert.deepEqual(outlineIconFaults(ingredients.outline), []);
  });

  it('want a colour icon of 192 x 192 without a transparent pixel', () => {
    assert.deepEqual(colorIconFaults(square(192, () => white)), []);
    assert.deepEqual(colorIconFaults(square(191, (index) => (index === 5000 ? grey : white))), [
      'The color icon must be 192 x 192 pixels: it is 191 x 191.',
      'The color icon must be a full square: it has transparent pixels.',
    ]);
  });

  it('want an outline icon of 32 x 32, white on transparent', () => {
    const half = (index: number): Rgba => (index % 2 === 0 ? white : clear);
    assert.deepEqual(outlineIconFaults(square(32, half)), []);
    assert.match(outlineIconFaults(square(33, half)).join(), /must be 32 x 32 pixels: it is 33 x 33/);
    assert.match(outlineIconFaults(square(32, () => white)).join(), /transparent background/);
    assert.match(outlineIconFaults(square(32, () => clear)).join(), /shows nothing/);
    const tinted = outlineIconFaults(square(32, (index) => (index === 1 ? grey : half(index))));
    assert.deepEqual(tinted, ['The outline icon must be white only: it has visible pixels of another colour.']);
  });

  it('say so when a file is no picture', () => {
    assert.match(colorIconFaults(Buffer.from('<svg/>')).join(), /color icon cannot be read as PNG/);
    assert.match(outlineIconFaults(ingredients.outline.subarray(0, 100)).join(), /outline icon cannot be read as PNG/);
  });
});
