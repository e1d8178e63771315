/** The hash sent at submit: the server computes its own, and equal means nothing was lost between. */

import { digest } from '@/foundation/checklists/canonical';
import { canonicalAnswers, type Sheet } from '@/foundation/checklists/sheet';

export const manifestHash = (sheet: Sheet): Promise<string> => digest(canonicalAnswers(sheet));
