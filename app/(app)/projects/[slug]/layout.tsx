import type { ReactNode } from "react";
import { pageAccess } from "@/app/(app)/page-access";
import { AppFrame, type NavItem } from "@/app/_components/frame/app-frame";
import { RoomMessages } from "@/app/i18n/room-messages";
import { roleAllows, type ProjectPermission } from "@/lib/auth/access";
import { listMyProjects } from "@/lib/auth/my-projects";

/** The menu of a project: each entry with the permission that its page asks for, and the path below the project's. */
const entries: (Omit<NavItem, "href"> & { permission: ProjectPermission; path: string })[] = [
  { label: "Label", icon: "label", path: "/label", permission: "label:write" },
  { label: "Overview", icon: "overview", path: "", permission: "quality:read" },
  { label: "Data", icon: "data", path: "/instances", permission: "instance:read" },
  { label: "Import", icon: "import", path: "/import", permission: "instance:import" },
  { label: "Judges", icon: "judges", path: "/judges", permission: "judge:read" },
  { label: "Routing", icon: "routing", path: "/routing", permission: "routing:read" },
  { label: "Models", icon: "models", path: "/reward-models", permission: "reward:read" },
  { label: "Export", icon: "export", path: "/export", permission: "snapshot:read" },
  { label: "Spending", icon: "spending", path: "/spending", permission: "spending:read" },
  { label: "Runs", icon: "runs", path: "/runs", permission: "run:read" },
  { label: "Team", icon: "team", path: "/members", permission: "member:read" },
  { label: "Task schema", icon: "schema", path: "/task-schema", permission: "project:update" },
  { label: "Settings", icon: "settings", path: "/settings", permission: "project:update" },
  { label: "Audit", icon: "audit", path: "/audit", permission: "project:audit" },
];

type ProjectLayoutProps = { children: ReactNode; params: Promise<{ slug: string }> };

/** The frame of a project's pages, with the menu that the person's role allows. */
export default async function ProjectLayout({ children, params }: ProjectLayoutProps) {
  const { slug } = await params;
  const access = await pageAccess("project:view", slug);
  const projects = await listMyProjects(access);
  const nav = entries
    .filter(({ permission }) => roleAllows(access.role, permission))
    .map(({ label, icon, path }) => ({ label, icon, href: `/projects/${slug}${path}` }));
  return (
    <AppFrame user={access} project={projects.find((project) => project.slug === slug)} projects={projects} nav={nav}>
      <RoomMessages rooms={["projects", "runs"]}>{children}</RoomMessages>
    </AppFrame>
  );
}
