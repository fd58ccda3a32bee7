import { redirect } from "next/navigation";
import { projectHome } from "@/app/project-home";
import { listMyProjects } from "@/lib/auth/my-projects";
import { pageUser } from "./page-access";

/** Leads to the projects, and somebody who only labels in one project straight to the labelling. */
export default async function HomePage(): Promise<never> {
  const [only, ...others] = await listMyProjects(await pageUser());
  redirect(only?.role === "annotator" && others.length === 0 ? projectHome(only) : "/projects");
}
