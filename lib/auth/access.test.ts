import { expect, test } from "vitest";
import {
  effectiveRole,
  grant,
  grantGlobal,
  OPERATOR,
  roleAllows,
  type Principal,
  type ProjectPermission,
} from "./access";

const person: Principal = { userId: "u", email: "person@example.org", name: "Person", isAdmin: false, via: "session" };
const siteAdmin: Principal = { ...person, isAdmin: true };
const project = { projectId: "p", slug: "demo" };

// Written out a second time on purpose: whoever changes a right changes it in two places and sees what it means.
const table: Record<ProjectPermission, [annotator: boolean, researcher: boolean, admin: boolean]> = {
  "project:view": [true, true, true],
  "label:write": [true, true, true],
  "instance:read": [false, true, true],
  "instance:import": [false, true, true],
  "flag:resolve": [false, true, true],
  "quality:read": [false, true, true],
  "run:read": [false, true, true],
  "run:cancel": [false, true, true],
  "snapshot:read": [false, true, true],
  "snapshot:create": [false, true, true],
  "member:read": [false, true, true],
  "judge:read": [false, true, true],
  "judge:run": [false, true, true],
  "judge:manage": [false, false, true],
  "reward:read": [false, true, true],
  "reward:train": [false, true, true],
  "reward:manage": [false, false, true],
  "routing:read": [false, true, true],
  "spending:read": [false, true, true],
  "spending:manage": [false, false, true],
  "routing:manage": [false, false, true],
  "member:manage": [false, false, true],
  "project:update": [false, false, true],
  "project:delete": [false, false, true],
  "project:audit": [false, false, true],
};

test.each(Object.entries(table) as [ProjectPermission, boolean[]][])(
  "%s is for exactly these roles",
  (permission, allowed) => {
    expect((["annotator", "researcher", "admin"] as const).map((role) => roleAllows(role, permission))).toEqual(
      allowed,
    );
  },
);

test("a member gets access with what their role allows, and forbidden beyond it", () => {
  const membership = { ...project, role: "annotator" as const };
  expect(grant(person, membership, "label:write")).toMatchObject({ userId: "u", projectId: "p", role: "annotator" });
  expect(() => grant(person, membership, "member:manage")).toThrow(
    expect.objectContaining({ code: "forbidden", message: expect.stringContaining("demo is annotator") }),
  );
});

test("a stranger cannot tell a project that exists from one that does not", () => {
  expect(() => grant(person, { ...project, role: null }, "project:view")).toThrow(
    expect.objectContaining({ code: "not_found" }),
  );
});

test("a site admin counts as admin of every project, whatever the membership says", () => {
  expect(effectiveRole(siteAdmin, { ...project, role: null })).toBe("admin");
  expect(effectiveRole(siteAdmin, { ...project, role: "annotator" })).toBe("admin");
  expect(grant(siteAdmin, { ...project, role: null }, "project:delete").role).toBe("admin");
});

test("rights over the site are for site admins and the command line", () => {
  for (const permission of ["project:create", "user:manage", "audit:read", "host:manage"] as const) {
    expect(grantGlobal(siteAdmin, permission)).toBe(siteAdmin);
    expect(grantGlobal(OPERATOR, permission)).toBe(OPERATOR);
    expect(() => grantGlobal(person, permission)).toThrow(expect.objectContaining({ code: "forbidden" }));
  }
});
