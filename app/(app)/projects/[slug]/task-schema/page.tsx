import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { z } from "zod";
import { pageAccess } from "@/app/(app)/page-access";
import { Button } from "@/app/_components/ui/button";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { RoomMessages } from "@/app/i18n/room-messages";
import type { Translate } from "@/app/i18n/translate";
import { getProject } from "@/lib/projects/queries";
import { readGuidelinesVersion, readSchemaVersion } from "@/lib/projects/versions";
import { SchemaEditor } from "./_components/editor/schema-editor";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("taskSchema.page"))("title") };
}

const number = z.coerce.number().int().min(1).optional().catch(undefined);
/** Versions to begin with in place of those in use. */
const query = z.object({ version: number, guidelines: number });

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
  const older = query.parse(await searchParams);
  const version = older.version !== undefined && older.version < project.schemaVersion ? older.version : null;
  const guidelines =
    older.guidelines !== undefined && older.guidelines < project.guidelinesVersion ? older.guidelines : null;
  const start = {
    taskSchema: version === null ? project.taskSchema : await readSchemaVersion(access, version),
    guidelines: guidelines === null ? project.guidelines : await readGuidelinesVersion(access, guidelines),
  };
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
      <RoomMessages rooms={["taskSchema", "label"]}>
        <SchemaEditor
          key={`${version} ${guidelines}`}
          saved={project}
          start={start}
          restored={wordOlder(version, guidelines, t)}
        />
      </RoomMessages>
    </Page>
  );
}

/** Says what of the draft is older than what is in use; null where nothing is. */
function wordOlder(schema: number | null, guidelines: number | null, t: Translate<"taskSchema.page">): string | null {
  if (schema !== null && guidelines !== null) return t("older.both", { schema, guidelines });
  if (schema !== null) return t("older.schema", { schema });
  return guidelines === null ? null : t("older.guidelines", { guidelines });
}
