/** Unreadable answers that the page shows at a time: they come with their whole texts. */
export const invalidPageSize = 20;
