import type { Catalogue } from './catalogue.ts';
import { admission } from './german/admission.ts';
import { answers } from './german/answers.ts';
import { approvalAnswers } from './german/approval-answers.ts';
import { buttons } from './german/buttons.ts';
import { collectForm } from './german/collect-form.ts';
import { edge } from './german/edge.ts';
import { examples } from './german/examples.ts';
import { forms } from './german/forms.ts';
import { help } from './german/help.ts';
import { lists } from './german/lists.ts';
import { signIn } from './german/sign-in.ts';
import { status } from './german/status.ts';
import { tabAnswers } from './german/tab-answers.ts';
import { tabPage } from './german/tab-page.ts';
import { welcome } from './german/welcome.ts';

/** All that the bot says in German. */
export const german: Catalogue = {
  admission,
  answers,
  approvalAnswers,
  buttons,
  collectForm,
  edge,
  examples,
  forms,
  help,
  lists,
  signIn,
  status,
  tabAnswers,
  tabPage,
  welcome,
};
