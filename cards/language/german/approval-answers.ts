import { strong, words } from '../../words.ts';
import type { Catalogue } from '../catalogue.ts';

/** Answers to somebody who may not decide, and to somebody who asked where nobody can. */
export const approvalAnswers: Catalogue['approvalAnswers'] = {
  roleMissing: (role) =>
    words`Um hier zu entscheiden, brauchen Sie die App-Rolle ${strong(role)}; Ihre Anmeldung enthält sie nicht. Der Administrator Ihres Mandanten weist sie in Entra zu; senden Sie dann ${strong('/signout')}, und klicken Sie noch einmal.`,
  deviceHidden: (device) =>
    words`Defender zeigt Ihnen ${strong(device)} nicht, deshalb können Sie nicht darüber entscheiden. Ihr Defender-Administrator kann Ihre Rolle und Ihre Gerätegruppen prüfen.`,
  askElsewhere: words`Jede Sammlung muss von einer zweiten Person genehmigt werden, und in diesem Chat ist sonst niemand. Senden Sie denselben Befehl in einem Kanal oder Gruppenchat, in dem ich bin.`,
  placeUnseen: words`Eine zweite Person muss das genehmigen, aber dort, wo Genehmigungen erfragt werden, kann ich noch nicht schreiben. Es wurde nichts gesendet. Sagen Sie dem Betreiber des Bots: Ich muss dort hinzugefügt und einmal erwähnt werden. Senden Sie den Befehl bis dahin in einem Kanal oder Gruppenchat.`,
  pending: words`Defender braucht lange, um zu sagen, ob Sie entscheiden dürfen; ich warte noch. Ändert sich die Karte binnen einer Minute nicht, klicken Sie noch einmal auf die Schaltfläche.`,
};
