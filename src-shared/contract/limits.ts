/** Input limits: schemas refuse more, and form fields say so first. Kept apart from the schemas, which are not part of the page's first load. */

/** characters of a name */
export const NAME_MAX = 200;
/** contacts that an operator may hold at once */
export const MAX_LOAD_MAX = 10_000;
/** `max_load` of an operator if none is given */
export const USUAL_LIMIT = 10;
/** bytes of a message from a console: enough for the largest import, or every weight of a large desk, in one step */
export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
/** characters of the parts of a contact; longer identifiers do not identify, everything else is shortened with a warning */
export const CONTACT_MAX = { external_id: 255, phone: 500, email: 500, name: NAME_MAX, message: 16_000, attribute: 4096, attribute_name: 100 } as const;
/** attributes of a contact */
export const ATTRIBUTES_MAX = 100;

/** Maximum length of the reason for declining a contact, in characters. */
export const DECLINE_REASON_MAX = 200;
/** Length of a note to a date of a schedule. */
export const NOTE_MAX = 200;
/** What came of a contact, and a note, as whoever closed it says. */
export const OUTCOME_MAX = 200;
export const CLOSING_NOTE_MAX = 2000;
