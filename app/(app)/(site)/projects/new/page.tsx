import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { z } from "zod";
import { ProjectForm } from "@/app/(app)/_components/project-form";
import { TemplateGrid } from "@/app/(app)/_components/template-grid";
import { pageGlobalAccess } from "@/app/(app)/page-access";
import { Button } from "@/app/_components/ui/button";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { RoomMessages } from "@/app/i18n/room-messages";
import { freeSlug } from "@/lib/projects/free-slug";
import { createProjectInput, defaultTaskSchema } from "@/lib/projects/schema";
import { templateIds, type TemplateId } from "@/lib/projects/templates/ids";
import { offeredTemplates } from "@/lib/projects/templates/offered";
import { templates } from "@/lib/projects/templates/templates";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("projects.new"))("title") };
}

/** What the project begins with; nothing is chosen yet without it. */
const query = z.object({
  template: z
    .enum(["empty", ...templateIds])
    .optional()
    .catch(undefined),
});

type NewProjectPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** A template is chosen first, or none; then the project gets its name. */
export default async function NewProjectPage({ searchParams }: NewProjectPageProps) {
  await pageGlobalAccess("project:create");
  const { template } = query.parse(await searchParams);
  const t = await getTranslations();
  const breadcrumb = [{ href: "/projects", label: t("projects.list.title") }];
  if (template === undefined)
    return (
      <Page>
        <PageHeader title={t("projects.new.title")} purpose={t("templates.new.choose")} breadcrumb={breadcrumb} />
        <TemplateGrid
          templates={offeredTemplates()}
          hrefOf={(choice) => `/projects/new?template=${choice}`}
          offersEmpty
        />
      </Page>
    );
  const purpose =
    template === "empty"
      ? t("projects.new.purpose")
      : t("templates.new.from", { name: t(`templates.list.${template}.name`) });
  return (
    <Page width="narrow">
      <PageHeader
        title={t("projects.new.title")}
        purpose={purpose}
        breadcrumb={[...breadcrumb, { href: "/projects/new", label: t("templates.new.templates") }]}
        actions={
          <Button asChild>
            <Link href="/projects/new">{t("templates.new.other")}</Link>
          </Button>
        }
      />
      <RoomMessages rooms={["projects", "projectForms"]}>
        {template === "empty" ? <EmptyProject /> : <ProjectFromTemplate template={template} />}
      </RoomMessages>
    </Page>
  );
}

const usual = createProjectInput.parse({ slug: "new", name: "new" });

function EmptyProject() {
  const { description, leaseSeconds } = usual;
  const initial = { name: "", description, leaseSeconds, overlap: 3, taskSchema: defaultTaskSchema, guidelines: "" };
  return <ProjectForm project={null} initial={initial} />;
}

async function ProjectFromTemplate({ template }: { template: TemplateId }) {
  const access = await pageGlobalAccess("project:create");
  const t = await getTranslations("templates.list");
  const { overlap, taskSchema, guidelines, samples } = templates[template];
  const initial = {
    ...{ name: t(`${template}.name`), description: t(`${template}.purpose`), leaseSeconds: usual.leaseSeconds },
    ...{ overlap, taskSchema, guidelines },
  };
  const slug = await freeSlug(access, template);
  return <ProjectForm project={null} initial={initial} template={{ id: template, slug, samples: samples.length }} />;
}
