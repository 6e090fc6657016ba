/** Work that no repeat brings to its end, for instance a post that the chat refuses for good. An operator has to look. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp';
}
