import type { Metadata } from "next";
import { pageAccess } from "@/app/(app)/page-access";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { getProject } from "@/lib/projects/queries";
import { SchemaEditor } from "./_components/editor/schema-editor";

export const metadata: Metadata = { title: "Task schema" };

type TaskSchemaPageProps = { params: Promise<{ slug: string }> };

export default async function TaskSchemaPage({ params }: TaskSchemaPageProps) {
  const { slug } = await params;
  const access = await pageAccess("project:update", slug);
  const project = await getProject(access);
  return (
    <Page width="wide">
      <PageHeader
        title="Task schema"
        purpose="What people and judges are asked about every instance. A change is the next version; labels keep the version that they answered."
        breadcrumb={[{ href: `/projects/${slug}`, label: project.name }]}
      />
      <SchemaEditor saved={project} start={project} />
    </Page>
  );
}
