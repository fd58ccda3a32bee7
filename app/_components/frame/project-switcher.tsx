"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import Link from "next/link";

import { buttonVariants } from "../ui/button";
import { cn } from "../ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";

export type ProjectLink = { slug: string; name: string };

/** Shows the project at hand and leads to the others. */
export function ProjectSwitcher({ project, projects }: { project?: ProjectLink; projects: ProjectLink[] }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger className={cn(buttonVariants({ variant: "ghost" }), "min-w-0 shrink px-2")}>
        <span className="sr-only">Switch project:</span>
        <span className="truncate">{project ? project.name : "Projects"}</span>
        <ChevronsUpDown aria-hidden className="size-3.5! text-muted-foreground" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-64">
        {projects.length > 0 ? (
          <>
            <DropdownMenuLabel>Projects</DropdownMenuLabel>
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
          <Link href="/projects">All projects</Link>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
