import { eachAnnotation } from '../../ledger/record';
import { ANNOTATION_TEXTS } from '../../wire/texts';
import { freeText } from './free-text';

/** The annotations in a request: in a form, in JSON and in a file. Each may be left out. */
export const annotationFields = eachAnnotation((name) => {
  const { maxLength, lines } = ANNOTATION_TEXTS[name];
  return freeText(maxLength, { lines }).optional();
});
