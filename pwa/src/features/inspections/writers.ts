// Who writes checklists and standards, as the server knows it too.
export const WRITERS = ['secretariat', 'admin', 'line_lead'];

/** Whoever may give rounds to others. */
export const PLANNERS = ['manager', 'line_lead', 'secretariat'];
