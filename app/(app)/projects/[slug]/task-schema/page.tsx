import type { Metadata } from "next";
import Link from "next/link";
import { z } from "zod";
import { pageAccess } from "@/app/(app)/page-access";
import { Button } from "@/app/_components/ui/button";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { getProject } from "@/lib/projects/queries";
import { readGuidelinesVersion, readSchemaVersion } from "@/lib/projects/versions";
import { SchemaEditor } from "./_components/editor/schema-editor";

export const metadata: Metadata = { title: "Task schema" };

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
        title="Task schema"
        purpose="What people and judges are asked about every instance. A change is the next version; labels keep the version that they answered."
        breadcrumb={[{ href: `/projects/${slug}`, label: project.name }]}
        actions={
          <Button asChild>
            <Link href={`/projects/${slug}/task-schema/versions`}>Versions</Link>
          </Button>
        }
      />
      <SchemaEditor
        key={`${version} ${guidelines}`}
        saved={project}
        start={start}
        restored={wordOlder(version, guidelines)}
      />
    </Page>
  );
}

/** What of the draft is older than what is in use; null for nothing. */
function wordOlder(version: number | null, guidelines: number | null): string | null {
  const parts = [
    ...(version === null ? [] : [`version ${version} of the task schema`]),
    ...(guidelines === null ? [] : [`version ${guidelines} of the guidelines`]),
  ];
  return parts.length === 0 ? null : parts.join(" and ");
}
