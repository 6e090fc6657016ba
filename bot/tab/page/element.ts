/** What an element may be given when it is made. */
export interface Traits {
  readonly class?: string;
  readonly id?: string;
  readonly text?: string;
  /** Other attributes, as they stand in HTML. */
  readonly set?: Readonly<Record<string, string>>;
}

/** Makes an element with what belongs into it. Text is text: nothing here reads markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { class: className, id, text, set = {} }: Traits = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className !== undefined) made.className = className;
  if (id !== undefined) made.id = id;
  if (text !== undefined) made.textContent = text;
  for (const [name, value] of Object.entries(set)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Makes a button that does something. */
export function pushButton(title: string, press: () => void, traits: Traits = {}): HTMLButtonElement {
  const made = element('button', { ...traits, text: title, set: { type: 'button', ...traits.set } });
  made.addEventListener('click', press);
  return made;
}
