import { admission } from './english/admission.ts';
import { alive } from './english/alive.ts';
import { answers } from './english/answers.ts';
import { approval } from './english/approval.ts';
import { approvalAnswers } from './english/approval-answers.ts';
import { buttons } from './english/buttons.ts';
import { cancellation } from './english/cancellation.ts';
import { closing } from './english/closing.ts';
import { collectFault } from './english/collect-fault.ts';
import { collectForm } from './english/collect-form.ts';
import { collection } from './english/collection.ts';
import { dates } from './english/dates.ts';
import { devices } from './english/devices.ts';
import { downloadLink } from './english/download-link.ts';
import { edge } from './english/edge.ts';
import { examples } from './english/examples.ts';
import { fixers } from './english/fixers.ts';
import { forms } from './english/forms.ts';
import { guarded } from './english/guarded.ts';
import { help } from './english/help.ts';
import { lists } from './english/lists.ts';
import { messages } from './english/messages.ts';
import { obstacles } from './english/obstacles.ts';
import { own } from './english/own.ts';
import { ownership } from './english/ownership.ts';
import { places } from './english/places.ts';
import { problems } from './english/problems.ts';
import { requestCard } from './english/request-card.ts';
import { rows } from './english/rows.ts';
import { sighting } from './english/sighting.ts';
import { signIn } from './english/sign-in.ts';
import { status } from './english/status.ts';
import { tabAnswers } from './english/tab-answers.ts';
import { tabPage } from './english/tab-page.ts';
import { timeline } from './english/timeline.ts';
import { welcome } from './english/welcome.ts';

/** All that the bot says in English. */
export const english = {
  admission,
  alive,
  answers,
  approval,
  approvalAnswers,
  buttons,
  cancellation,
  closing,
  collectFault,
  collectForm,
  collection,
  dates,
  devices,
  downloadLink,
  edge,
  examples,
  fixers,
  forms,
  guarded,
  help,
  lists,
  messages,
  obstacles,
  own,
  ownership,
  places,
  problems,
  requestCard,
  rows,
  sighting,
  signIn,
  status,
  tabAnswers,
  tabPage,
  timeline,
  welcome,
};
