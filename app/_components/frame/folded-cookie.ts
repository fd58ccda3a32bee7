/** Remembers that the sidebar is folded. A cookie, so that the server already draws it that way. */
export const foldedCookie = "tandem-sidebar-folded";
