import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProjectForm } from "@/app/(app)/_components/project-form";
import { pageGlobalAccess } from "@/app/(app)/page-access";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { RoomMessages } from "@/app/i18n/room-messages";
import { createProjectInput, defaultTaskSchema } from "@/lib/projects/schema";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("projects.new"))("title") };
}

export default async function NewProjectPage() {
  await pageGlobalAccess("project:create");
  const t = await getTranslations("projects");
  const { slug: _, ...defaults } = createProjectInput.parse({ slug: "new", name: "new" });
  return (
    <Page width="narrow">
      <PageHeader
        title={t("new.title")}
        purpose={t("new.purpose")}
        breadcrumb={[{ href: "/projects", label: t("list.title") }]}
      />
      <RoomMessages rooms={["projects"]}>
        <ProjectForm project={null} initial={{ ...defaults, name: "", taskSchema: defaultTaskSchema }} />
      </RoomMessages>
    </Page>
  );
}
