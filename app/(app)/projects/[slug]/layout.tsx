import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { pageAccess } from "@/app/(app)/page-access";
import { AppFrame, type NavItem } from "@/app/_components/frame/app-frame";
import { RoomMessages } from "@/app/i18n/room-messages";
import { roleAllows, type ProjectPermission } from "@/lib/auth/access";
import { listMyProjects } from "@/lib/auth/my-projects";
import type { Messages } from "@/messages/messages";

type Entry = {
  label: keyof Messages["projects"]["nav"];
  icon: NavItem["icon"];
  permission: ProjectPermission;
  path: string;
};

/** The menu of a project: each entry with the permission that its page asks for, and the path below the project's. */
const entries: Entry[] = [
  { label: "label", icon: "label", path: "/label", permission: "label:write" },
  { label: "overview", icon: "overview", path: "", permission: "quality:read" },
  { label: "data", icon: "data", path: "/instances", permission: "instance:read" },
  { label: "import", icon: "import", path: "/import", permission: "instance:import" },
  { label: "judges", icon: "judges", path: "/judges", permission: "judge:read" },
  { label: "routing", icon: "routing", path: "/routing", permission: "routing:read" },
  { label: "models", icon: "models", path: "/reward-models", permission: "reward:read" },
  { label: "export", icon: "export", path: "/export", permission: "snapshot:read" },
  { label: "spending", icon: "spending", path: "/spending", permission: "spending:read" },
  { label: "runs", icon: "runs", path: "/runs", permission: "run:read" },
  { label: "team", icon: "team", path: "/members", permission: "member:read" },
  { label: "taskSchema", icon: "schema", path: "/task-schema", permission: "project:update" },
  { label: "settings", icon: "settings", path: "/settings", permission: "project:update" },
  { label: "audit", icon: "audit", path: "/audit", permission: "project:audit" },
];

type ProjectLayoutProps = { children: ReactNode; params: Promise<{ slug: string }> };

/** The frame of a project's pages, with the menu that the person's role allows. */
export default async function ProjectLayout({ children, params }: ProjectLayoutProps) {
  const { slug } = await params;
  const access = await pageAccess("project:view", slug);
  const [projects, t] = await Promise.all([listMyProjects(access), getTranslations("projects.nav")]);
  const nav = entries
    .filter(({ permission }) => roleAllows(access.role, permission))
    .map(({ label, icon, path }) => ({ label: t(label), icon, href: `/projects/${slug}${path}` }));
  return (
    <AppFrame user={access} project={projects.find((project) => project.slug === slug)} projects={projects} nav={nav}>
      <RoomMessages rooms={["projects", "runs"]}>{children}</RoomMessages>
    </AppFrame>
  );
}
