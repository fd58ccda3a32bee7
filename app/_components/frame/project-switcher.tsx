"use client";

import { ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy } from "react";

import { buttonVariants } from "../ui/button";
import { cn } from "../ui/cn";
import { LazyPopup } from "../ui/lazy-popup";

const ProjectSwitcherList = lazy(async () => ({
  default: (await import("./project-switcher-list")).ProjectSwitcherList,
}));

export type ProjectLink = { slug: string; name: string };
export type ProjectSwitcherProps = { project?: ProjectLink; projects: ProjectLink[] };

/** Shows the project at hand and leads to the others. */
export function ProjectSwitcher({ project, projects }: ProjectSwitcherProps) {
  const t = useTranslations("frame");
  return (
    <LazyPopup
      kind="menu"
      trigger={
        <button className={cn(buttonVariants({ variant: "ghost" }), "min-w-0 shrink px-2")}>
          <span className="sr-only">{t("switchProject")}</span>
          <span className="truncate">{project ? project.name : t("projects")}</span>
          <ChevronsUpDown aria-hidden className="size-3.5! text-muted-foreground" />
        </button>
      }
      popup={(trigger) => <ProjectSwitcherList project={project} projects={projects} trigger={trigger} />}
    />
  );
}
