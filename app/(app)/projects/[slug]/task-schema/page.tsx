import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { z } from "zod";
import { TemplateGrid } from "@/app/(app)/_components/template-grid";
import { pageAccess } from "@/app/(app)/page-access";
import { Button } from "@/app/_components/ui/button";
import { Page, PageHeader } from "@/app/_components/ui/page";
import type { Translate } from "@/app/i18n/translate";
import type { Access } from "@/lib/auth/access";
import { hasLabels } from "@/lib/projects/has-labels";
import { getProject } from "@/lib/projects/queries";
import type { ProjectResponse } from "@/lib/projects/schema";
import { templateIds, type TemplateId } from "@/lib/projects/templates/ids";
import { offeredTemplates } from "@/lib/projects/templates/offered";
import { templates } from "@/lib/projects/templates/templates";
import { readGuidelinesVersion, readSchemaVersion } from "@/lib/projects/versions";
import { SchemaEditor, type DraftOrigin } from "./_components/editor/schema-editor";
import type { Written } from "./_components/editor/use-draft";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("taskSchema.page"))("title") };
}

const number = z.coerce.number().int().min(1).optional().catch(undefined);
/** Versions, or the template, to begin with in place of what is in use. */
const query = z.object({
  version: number,
  guidelines: number,
  template: z.enum(templateIds).optional().catch(undefined),
});

type TaskSchemaPageProps = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Where what people are asked is written, with what they will see beside it. */
export default async function TaskSchemaPage({ params, searchParams }: TaskSchemaPageProps) {
  const { slug } = await params;
  const access = await pageAccess("project:update", slug);
  const project = await getProject(access);
  const t = await getTranslations("taskSchema.page");
  const asked = query.parse(await searchParams);
  const offersTemplates = !(await hasLabels(access));
  const template = offersTemplates ? asked.template : undefined;
  const { start, from } = template
    ? { start: templates[template], from: await wordTemplate(template) }
    : await startFromVersions(access, project, asked);
  return (
    <Page width="wide">
      <PageHeader
        title={t("title")}
        purpose={t("purpose")}
        breadcrumb={[{ href: `/projects/${slug}`, label: project.name }]}
        actions={
          <Button asChild>
            <Link href={`/projects/${slug}/task-schema/versions`}>{t("versions")}</Link>
          </Button>
        }
      />
      {offersTemplates ? <StartFromTemplate slug={slug} /> : null}
      <SchemaEditor
        key={JSON.stringify(asked)}
        saved={project}
        start={{
          ...{ taskSchema: start.taskSchema, guidelines: start.guidelines },
          exportDefaults: start.exportDefaults,
        }}
        from={from}
      />
    </Page>
  );
}

/** What is in use, or the older versions that are asked for, with the words that say so. */
async function startFromVersions(
  access: Access<"project:update">,
  project: ProjectResponse,
  asked: z.output<typeof query>,
): Promise<{ start: Written; from: DraftOrigin | null }> {
  const t = await getTranslations("taskSchema.page");
  const version = asked.version !== undefined && asked.version < project.schemaVersion ? asked.version : null;
  const guidelines =
    asked.guidelines !== undefined && asked.guidelines < project.guidelinesVersion ? asked.guidelines : null;
  const title = wordOlder(version, guidelines, t);
  return {
    start: {
      taskSchema: version === null ? project.taskSchema : await readSchemaVersion(access, version),
      guidelines: guidelines === null ? project.guidelines : await readGuidelinesVersion(access, guidelines),
      exportDefaults: project.exportDefaults,
    },
    from: title === null ? null : { title, text: t("older.text") },
  };
}

async function wordTemplate(id: TemplateId): Promise<DraftOrigin> {
  const t = await getTranslations("templates");
  return { title: t("editor.from", { name: t(`list.${id}.name`) }), text: t("editor.unsaved") };
}

/** Templates, where nothing is answered yet. */
function StartFromTemplate({ slug }: { slug: string }) {
  const t = useTranslations("templates.editor");
  return (
    <details className="rounded-lg border p-3 sm:p-4">
      <summary className="w-fit rounded-sm font-medium">{t("title")}</summary>
      <p className="mt-1 mb-4 text-muted-foreground">{t("purpose")}</p>
      <TemplateGrid
        templates={offeredTemplates()}
        hrefOf={(choice) => `/projects/${slug}/task-schema?template=${choice}`}
        offersEmpty={false}
      />
    </details>
  );
}

/** Says what of the draft is older than what is in use; null where nothing is. */
function wordOlder(schema: number | null, guidelines: number | null, t: Translate<"taskSchema.page">): string | null {
  if (schema !== null && guidelines !== null) return t("older.both", { schema, guidelines });
  if (schema !== null) return t("older.schema", { schema });
  return guidelines === null ? null : t("older.guidelines", { guidelines });
}
