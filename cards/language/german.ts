import type { Catalogue } from './catalogue.ts';
import { admission } from './german/admission.ts';
import { alive } from './german/alive.ts';
import { answers } from './german/answers.ts';
import { approval } from './german/approval.ts';
import { approvalAnswers } from './german/approval-answers.ts';
import { buttons } from './german/buttons.ts';
import { cancellation } from './german/cancellation.ts';
import { closing } from './german/closing.ts';
import { collectFault } from './german/collect-fault.ts';
import { collectForm } from './german/collect-form.ts';
import { collection } from './german/collection.ts';
import { dates } from './german/dates.ts';
import { devices } from './german/devices.ts';
import { downloadLink } from './german/download-link.ts';
import { edge } from './german/edge.ts';
import { examples } from './german/examples.ts';
import { fixers } from './german/fixers.ts';
import { forms } from './german/forms.ts';
import { guarded } from './german/guarded.ts';
import { help } from './german/help.ts';
import { lists } from './german/lists.ts';
import { messages } from './german/messages.ts';
import { obstacles } from './german/obstacles.ts';
import { own } from './german/own.ts';
import { ownership } from './german/ownership.ts';
import { places } from './german/places.ts';
import { problems } from './german/problems.ts';
import { requestCard } from './german/request-card.ts';
import { rows } from './german/rows.ts';
import { sighting } from './german/sighting.ts';
import { signIn } from './german/sign-in.ts';
import { status } from './german/status.ts';
import { tabAnswers } from './german/tab-answers.ts';
import { tabPage } from './german/tab-page.ts';
import { timeline } from './german/timeline.ts';
import { welcome } from './german/welcome.ts';

/** All that the bot says in German. */
export const german: Catalogue = {
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
