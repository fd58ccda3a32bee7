import { z } from "zod";
import { locales } from "@/lib/text/locales";
import { ProjectRole } from "@/lib/db/generated/enums";

export const minPasswordLength = 12;

export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "must have at most 254 characters")
  .pipe(z.email("must be an e-mail address such as name@example.org"));
export const personName = z.string().trim().min(1, "must not be empty").max(100, "must have at most 100 characters");
export const newPassword = z
  .string()
  .min(minPasswordLength, `must have at least ${minPasswordLength} characters`)
  .max(200, "must have at most 200 characters");
const token = z.string().min(1, "must not be empty").max(200, "is not a token that this site gave out");

export const projectRole = z.enum(ProjectRole);
const timestamp = z.iso.datetime();

/** Every list answers a page of rows and where the next one starts; null at the end. */
export const pageQuery = z.strictObject({
  cursor: z.uuid("must be the nextCursor of an earlier answer").optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PageQuery = z.infer<typeof pageQuery>;
const pageOf = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export const signInInput = z.object({ email: emailAddress, password: z.string().max(1000) });
export type SignInInput = z.infer<typeof signInInput>;

/** What a new person tells about themselves. */
export const accountInput = z.strictObject({ name: personName, email: emailAddress, password: newPassword });
export type AccountInput = z.infer<typeof accountInput>;

export const acceptInput = z.strictObject({ token, ...accountInput.shape });
export type AcceptInput = z.infer<typeof acceptInput>;
export const joinInput = z.strictObject({ token });

export const createUserInput = z.strictObject({ ...accountInput.shape, isAdmin: z.boolean().default(false) });
export type CreateUserInput = z.infer<typeof createUserInput>;

export const renameInput = z.strictObject({ name: personName });
export const changePasswordInput = z.strictObject({ currentPassword: z.string().max(1000), newPassword });
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;

/** Who one is, and what one may open. */
export const meView = z.object({
  userId: z.string(),
  email: z.string(),
  name: z.string(),
  isAdmin: z.boolean(),
  projects: z.array(z.object({ slug: z.string(), name: z.string(), role: projectRole })),
});
export type MeView = z.infer<typeof meView>;

export const joinedView = z.object({
  /** The project joined; null for an invitation to administrate the site. */
  project: z.object({ slug: z.string(), name: z.string(), role: projectRole }).nullable(),
});
export type JoinedView = z.infer<typeof joinedView>;

export const userView = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  isAdmin: z.boolean(),
  disabledAt: timestamp.nullable(),
  createdAt: timestamp,
  /** How many projects the person is a member of. */
  projectCount: z.number().int(),
});
export type UserView = z.infer<typeof userView>;
export const userList = pageOf(userView);
export type UserList = z.infer<typeof userList>;
export const userParams = z.object({ userId: z.uuid() });
export const updateUserInput = z.strictObject({ disabled: z.boolean() });
/** `password` is shown this once. */
export const resetPasswordView = z.object({ email: z.string(), password: z.string() });
export type ResetPasswordView = z.infer<typeof resetPasswordView>;

export const memberView = z.object({
  userId: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: projectRole,
  joinedAt: timestamp,
  isDisabled: z.boolean(),
});
export type MemberView = z.infer<typeof memberView>;
export const memberList = pageOf(memberView);
export type MemberList = z.infer<typeof memberList>;
export const updateMemberInput = z.strictObject({ role: projectRole });

const daysValid = z.number().int().min(1).max(90).default(7);
const invitedEmail = emailAddress.nullable().default(null);
export const inviteMemberInput = z.strictObject({ role: projectRole, email: invitedEmail, daysValid });
export type InviteMemberInput = z.infer<typeof inviteMemberInput>;
export const inviteAdminInput = z.strictObject({ email: invitedEmail, daysValid });
export type InviteAdminInput = z.infer<typeof inviteAdminInput>;

export const invitationView = z.object({
  id: z.uuid(),
  /** Null when it makes a site admin. */
  role: projectRole.nullable(),
  email: z.string().nullable(),
  createdAt: timestamp,
  expiresAt: timestamp,
});
export type InvitationView = z.infer<typeof invitationView>;
export const invitationList = pageOf(invitationView);
export type InvitationList = z.infer<typeof invitationList>;
export const newInvitationView = z.object({
  invitation: invitationView,
  /** Shown this once. */
  token: z.string(),
  /** The link, below the site's address. */
  path: z.string(),
});
export type NewInvitationView = z.infer<typeof newInvitationView>;
export const invitationParams = z.object({ id: z.uuid() });

export const apiKeyDays = [30, 90, 365] as const;
export const createApiKeyInput = z.strictObject({
  name: z.string().trim().min(1, "must not be empty").max(100, "must have at most 100 characters"),
  /** Days until it expires; null for never. */
  days: z
    .union([...apiKeyDays.map((days) => z.literal(days)), z.null()], { error: "must be 30, 90, 365 or null" })
    .default(90),
});
export type CreateApiKeyInput = z.infer<typeof createApiKeyInput>;
export const apiKeyView = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  createdAt: timestamp,
  expiresAt: timestamp.nullable(),
  revokedAt: timestamp.nullable(),
  lastUsedAt: timestamp.nullable(),
});
export type ApiKeyView = z.infer<typeof apiKeyView>;
export const apiKeyList = pageOf(apiKeyView);
export type ApiKeyList = z.infer<typeof apiKeyList>;
/** `key` is shown this once. */
export const newApiKeyView = z.object({ apiKey: apiKeyView, key: z.string() });
export type NewApiKeyView = z.infer<typeof newApiKeyView>;
export const apiKeyParams = z.object({ id: z.uuid() });

/** Everything the audit log can tell about. */
export const auditActions = [
  "project.create",
  "project.update",
  "project.delete",
  "relabel.open",
  "relabel.stop",
  "member.invite",
  "member.join",
  "member.role",
  "member.remove",
  "invitation.revoke",
  "user.invite",
  "user.create",
  "user.disable",
  "user.enable",
  "user.password",
  "api-key.create",
  "api-key.revoke",
  "instance.import",
  "snapshot.create",
  "run.cancel",
  "judge.create",
  "judge.update",
  "judge.delete",
  "judge.run",
  "policy.apply",
  "routing.features",
  "routing.tag-classifier",
  "routing.fit",
  "routing.settings",
  "spending.prices",
  "spending.caps",
  "reward.train",
  "reward.promote",
  "reward.settings",
  "reward.encoder",
  "reward.files",
  "reward.learning",
  "host.allow",
  "host.remove",
] as const;
export type AuditAction = (typeof auditActions)[number];

/** What the audit log tells of an event beside action and target; pages have words for each. */
export const auditFacts = [
  ...["isAdmin", "firstRun", "invitation", "role", "from", "to", "invitationsEnded"],
  ...["reset", "apiKeysRevoked", "owner", "expiresAt"],
  ...["name", "description", "template", "overlap", "leaseSeconds", "schemaVersion", "guidelinesVersion"],
  ...[
    "exportDefaults",
    "exportRows",
    "exportAspect",
    "what",
    "submissions",
    "left",
    "kind",
    "bytes",
    "runId",
    "snapshotId",
    "project",
  ],
  ...["work", "instances", "of", "isEnabled", "tieBelow", "model", "baseUrl", "version", "inPlace", "key"],
  ...["cause", "error", "humanShare", "dualShare", "lmWeight", "seed", "mixes", "hidden"],
  ...["cron", "everyLabels", "onChange", "appliesRefits", "fallsBack", "scheduledPolicy", "scheduledAt"],
  ...["day", "month", "total", "currency", "hourPriceMicros"],
  ...["before", "why", "reason", "newLabels", "retrainAfterLabels", "neutralSteps", "newest", "servedDays"],
  ...["folder", "pooling", "endpoint", "width", "noise", "adaptsMargins", "balancesDomains"],
] as const;
export type AuditFact = (typeof auditFacts)[number];
export type AuditDetail = Partial<Record<AuditFact, string | number | boolean | null>>;

export const auditEventView = z.object({
  id: z.uuid(),
  at: timestamp,
  /** The address of who did it, as it was then. */
  actor: z.string(),
  action: z.enum(auditActions),
  target: z.string(),
  /** Null for events of the site, and when the project is gone. */
  projectSlug: z.string().nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditEventView = z.infer<typeof auditEventView>;
export const auditEventList = pageOf(auditEventView);
export type AuditEventList = z.infer<typeof auditEventList>;
export const projectAuditQuery = z.strictObject({ ...pageQuery.shape, action: z.enum(auditActions).optional() });
export type ProjectAuditQuery = z.infer<typeof projectAuditQuery>;
export const auditQuery = z.strictObject({
  ...projectAuditQuery.shape,
  project: z
    .string()
    .regex(/^[a-z0-9-]{1,63}$/, "must be the slug of a project")
    .optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;

/** A key of the keyboard, or a letter with Shift: "s", "Shift+u", "Backspace", "?". */
const keyStroke = z
  .string()
  .regex(/^(Shift\+)?(\S|[A-Z][A-Za-z0-9]{1,19})$/u, 'must be a key such as "s", "Shift+u" or "Backspace"');

/**
 * A person's own keys for the commands of the labelling page, by command; the page knows which commands there are and
 * has a standard key for each.
 */
export const keyBindings = z.strictObject({
  keys: z
    .record(z.string().regex(/^[a-z][a-z-]{0,39}$/, "is not the name of a command"), keyStroke)
    .refine((keys) => Object.keys(keys).length <= 50, "can name at most 50 commands")
    .refine((keys) => new Set(Object.values(keys)).size === Object.keys(keys).length, "gives one key to two commands"),
  /** Whether a key that answers a question goes on to the next one. */
  goesOn: z.boolean(),
});
export type KeyBindings = z.infer<typeof keyBindings>;

/** How one reads: the language of the interface, and the look of pages and of the texts to be judged. */
export const appearance = z.strictObject({
  /** Null for what the browser asks for. */
  locale: z.enum(locales).nullable(),
  theme: z.enum(["system", "light", "dark", "paper"]),
  contrast: z.enum(["system", "high"]),
  motion: z.enum(["system", "none"]),
  font: z.enum(["sans", "serif", "hyperlegible", "dyslexic"]),
  /** Height of the letters of texts, in pixels of an unzoomed page. */
  textSize: z.literal([14, 16, 18, 20, 24]),
  /** Most characters a line. */
  lineLength: z.literal([55, 72, 95]),
  /** Height of a line in heights of its letters. */
  lineHeight: z.literal([1.4, 1.6, 1.9]),
});
export type Appearance = z.infer<typeof appearance>;
export const standardAppearance: Appearance = {
  locale: null,
  theme: "system",
  contrast: "system",
  motion: "system",
  font: "sans",
  textSize: 16,
  lineLength: 72,
  lineHeight: 1.6,
};
export const appearanceInput = appearance.partial();
export type AppearanceInput = z.infer<typeof appearanceInput>;
