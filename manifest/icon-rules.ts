/**
 * What Teams asks of the two icons and the schema cannot see (learn.microsoft.com, 'Teams app icon for Teams Store and app
 * bar'): the colour icon is a full square of 192 x 192, the outline icon 32 x 32, white on transparent.
 */
import { PNG } from 'pngjs';

interface Pixel {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** 0 is transparent, 255 opaque. */
  readonly alpha: number;
}

interface Icon {
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly Pixel[];
}

/** Every fault of the colour icon, as sentences. */
export function colorIconFaults(png: Buffer): readonly string[] {
  return faultsOf('color icon', png, (icon) => [
    ...sizeFaults(icon, 192),
    ...(icon.pixels.every(({ alpha }) => alpha === 255) ? [] : ['must be a full square: it has transparent pixels']),
  ]);
}

/** Every fault of the outline icon, as sentences. */
export function outlineIconFaults(png: Buffer): readonly string[] {
  return faultsOf('outline icon', png, (icon) => {
    const visible = icon.pixels.filter(({ alpha }) => alpha > 0);
    return [
      ...sizeFaults(icon, 32),
      ...(visible.length < icon.pixels.length ? [] : ['must have a transparent background: every pixel is visible']),
      ...(visible.some(({ alpha }) => alpha === 255) ? [] : ['shows nothing: it has no opaque pixel']),
      ...(visible.every(isWhite) ? [] : ['must be white only: it has visible pixels of another colour']),
    ];
  });
}

function faultsOf(name: string, png: Buffer, rules: (icon: Icon) => readonly string[]): readonly string[] {
  const icon = decode(png);
  const faults = typeof icon === 'string' ? [`cannot be read as PNG (${icon})`] : rules(icon);
  return faults.map((fault) => `The ${name} ${fault}.`);
}

function sizeFaults({ width, height }: Icon, side: number): readonly string[] {
  return width === side && height === side ? [] : [`must be ${side} x ${side} pixels: it is ${width} x ${height}`];
}

function isWhite({ red, green, blue }: Pixel): boolean {
  return red === 255 && green === 255 && blue === 255;
}

/** The decoded picture, or the reason why there is none. */
function decode(png: Buffer): Icon | string {
  try {
    const { width, height, data } = PNG.sync.read(png);
    const pixels = Array.from({ length: width * height }, (_, index) => ({
      red: data.readUInt8(index * 4),
      green: data.readUInt8(index * 4 + 1),
      blue: data.readUInt8(index * 4 + 2),
      alpha: data.readUInt8(index * 4 + 3),
    }));
    return { width, height, pixels };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
