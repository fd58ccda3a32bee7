import { z } from "zod";

/** "host" or "host:port" in the form URLs have it, so IPv6 addresses in brackets. */
const allowedHost = z
  .string()
  .trim()
  .toLowerCase()
  .max(260, "can have at most 260 characters")
  .regex(
    /^([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\])(:[1-9][0-9]{0,4})?$/,
    "must be a host such as localhost, 10.0.0.8:8000 or [::1]:8000, without http://",
  );
export const allowHostInput = z.strictObject({ host: allowedHost });
export const allowedHostView = z.object({
  host: z.string(),
  createdAt: z.iso.datetime(),
  createdBy: z.string().nullable(),
});
export type AllowedHostView = z.infer<typeof allowedHostView>;
export const allowedHostList = z.object({ items: z.array(allowedHostView), nextCursor: z.string().nullable() });
export type AllowedHostList = z.infer<typeof allowedHostList>;
