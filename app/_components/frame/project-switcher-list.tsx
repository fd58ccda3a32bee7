"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactElement } from "react";

import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import type { ProjectSwitcherProps } from "./project-switcher";

/** The projects to go to. */
export function ProjectSwitcherList({ project, projects, trigger }: ProjectSwitcherProps & { trigger: ReactElement }) {
  const t = useTranslations("frame");
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-64">
        {projects.length > 0 ? (
          <>
            <DropdownMenuLabel>{t("projects")}</DropdownMenuLabel>
            {projects.map((each) => (
              <DropdownMenuItem key={each.slug} asChild>
                <Link href={`/projects/${each.slug}`} aria-current={each.slug === project?.slug ? "true" : undefined}>
                  <span className="min-w-0 flex-1 truncate">{each.name}</span>
                  {each.slug === project?.slug ? <Check aria-hidden className="text-foreground!" /> : null}
                </Link>
              </DropdownMenuItem>
            ))}
            <DropdownMenuSeparator />
          </>
        ) : null}
        <DropdownMenuItem asChild>
          <Link href="/projects">{t("allProjects")}</Link>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
