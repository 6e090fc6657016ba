/*
 * Runs inside the browser: draws cards as Teams does, and says what is wrong with the drawing.
 * `AdaptiveCards` and `markdownit` are the scripts' own globals.
 */

/** Draws each card into a section of its own. Returns one line per fault. */
window.drawCards = (cards, hostConfig) => {
  const markdown = window.markdownit({ html: false, linkify: false });
  window.AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown.render(text);
    result.didProcess = true;
  };
  return cards.flatMap(([name, json]) => drawOne(name, json, hostConfig));
};

/** Leaves one card on the page, so that a picture of it is quick. */
window.showOnly = (name) => {
  for (const section of document.querySelectorAll('section')) section.hidden = section.id !== name;
};

function drawOne(name, json, hostConfig) {
  const { AdaptiveCard, HostConfig, SerializationContext } = window.AdaptiveCards;
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(hostConfig);
  const context = new SerializationContext();
  card.parse(json, context);
  const events = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
  const failures = card.validateProperties().validationEvents.map(({ message }) => message);
  const drawn = card.render();
  const section = document.createElement('section');
  section.id = name;
  section.append(drawn);
  document.querySelector('main').append(section);
  return [...events, ...failures, ...overflows(section)].map((fault) => `${name}: ${fault}`);
}

/** What sticks out of the card to the right, or hides part of its text. */
function overflows(section) {
  const edge = section.getBoundingClientRect().right;
  return [...section.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > edge + 0.5 || isCut(element))
    .map((element) => `"${element.textContent?.slice(0, 40)}" does not fit into its width`);
}

function isCut(element) {
  return getComputedStyle(element).overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
}
