import type { Metadata } from "next";
import { ProjectForm } from "@/app/(app)/_components/project-form";
import { pageGlobalAccess } from "@/app/(app)/page-access";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { createProjectInput, defaultTaskSchema } from "@/lib/projects/schema";

export const metadata: Metadata = { title: "New project" };

export default async function NewProjectPage() {
  await pageGlobalAccess("project:create");
  const { slug: _, ...defaults } = createProjectInput.parse({ slug: "new", name: "new" });
  return (
    <Page width="narrow">
      <PageHeader
        title="New project"
        purpose="Say what people will be asked. All of it can be changed later; labels remember the version they were given under."
        breadcrumb={[{ href: "/projects", label: "Projects" }]}
      />
      <ProjectForm project={null} initial={{ ...defaults, name: "", taskSchema: defaultTaskSchema }} />
    </Page>
  );
}
