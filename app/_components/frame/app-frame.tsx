import { cookies } from "next/headers";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { CSSProperties, ReactNode } from "react";

import { BottomBar } from "./bottom-bar";
import { foldedCookie } from "./folded-cookie";
import type { NavItem } from "./nav-icon";
import { ProjectSwitcher, type ProjectLink } from "./project-switcher";
import { Sidebar } from "./sidebar";
import { type FrameUser, UserMenu } from "./user-menu";
import { Mark, Wordmark } from "./wordmark";

export type { NavIcon, NavItem } from "./nav-icon";

type AppFrameProps = {
  user: FrameUser;
  /** The project the page belongs to. */
  project?: ProjectLink;
  /** All projects the person may open. */
  projects: ProjectLink[];
  /** The menu; empty outside of projects, then the sidebar is left out. */
  nav: NavItem[];
  children: ReactNode;
};

/** What stands around every page of a signed-in person: menu, project switcher, own menu. */
export async function AppFrame({ user, project, projects, nav, children }: AppFrameProps) {
  const t = await getTranslations("frame");
  const hasNav = nav.length > 0;
  const folded = (await cookies()).get(foldedCookie)?.value === "1";
  return (
    <div className="flex min-h-dvh" style={hasNav ? undefined : ({ "--frame-bottom": "0px" } as CSSProperties)}>
      <a
        href="#main"
        className="fixed start-2 top-2 z-50 -translate-y-16 rounded-md bg-primary px-3 py-1.5 font-medium text-white focus:translate-y-0"
      >
        {t("skipToContent")}
      </a>
      {hasNav ? <Sidebar items={nav} initiallyFolded={folded} /> : null}
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-30 flex h-(--frame-top) items-center gap-2 border-b bg-background px-3 sm:px-4">
          <Link href="/projects" className={hasNav ? "flex rounded-md sm:hidden" : "me-1 flex rounded-md"}>
            {hasNav ? (
              <>
                <Mark />
                <span className="sr-only">Tandem</span>
              </>
            ) : (
              <Wordmark />
            )}
          </Link>
          <ProjectSwitcher project={project} projects={projects} />
          <div className="flex-1" />
          <UserMenu user={user} />
        </header>
        <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col pb-(--frame-bottom)">
          {children}
        </main>
      </div>
      {hasNav ? <BottomBar items={nav} /> : null}
    </div>
  );
}
