import { admission } from './english/admission.ts';
import { answers } from './english/answers.ts';
import { approvalAnswers } from './english/approval-answers.ts';
import { buttons } from './english/buttons.ts';
import { collectForm } from './english/collect-form.ts';
import { edge } from './english/edge.ts';
import { examples } from './english/examples.ts';
import { forms } from './english/forms.ts';
import { help } from './english/help.ts';
import { lists } from './english/lists.ts';
import { signIn } from './english/sign-in.ts';
import { status } from './english/status.ts';
import { tabAnswers } from './english/tab-answers.ts';
import { tabPage } from './english/tab-page.ts';
import { welcome } from './english/welcome.ts';

/** All that the bot says in English. */
export const english = {
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
