/** What somebody who handles an alert is offered, on the page and by the links of a mail. */

/** Goods that are ordered are due in so many days, unless somebody chooses another day. */
export const DUE_IN_DAYS = 7;

/** For how many days an alert can be snoozed. The API takes any moment. */
export const SNOOZE_DAYS = ['1', '3', '7'] as const;
