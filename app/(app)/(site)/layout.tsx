import type { ReactNode } from "react";
import { pageUser } from "@/app/(app)/page-access";
import { AppFrame } from "@/app/_components/frame/app-frame";
import { listMyProjects } from "@/lib/auth/my-projects";

/** The frame of pages that belong to no project. */
export default async function SiteLayout({ children }: { children: ReactNode }) {
  const user = await pageUser();
  return (
    <AppFrame user={user} projects={await listMyProjects(user)} nav={[]}>
      {children}
    </AppFrame>
  );
}
