/** Untrusted text as far as somebody recognises it: at most `most` letters, the last one then an ellipsis. */
export function clipped(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}
