import type { Metadata } from "next";
import Link from "next/link";
import { ProjectForm } from "@/app/(app)/_components/project-form";
import { pageAccess } from "@/app/(app)/page-access";
import { Button } from "@/app/_components/ui/button";
import { Page, PageHeader, Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import { getProject, listProjectVersions } from "@/lib/projects/queries";
import type { ProjectVersions } from "@/lib/projects/schema";
import { DeleteProject } from "./_components/delete-project";

export const metadata: Metadata = { title: "Settings" };

type SettingsPageProps = { params: Promise<{ slug: string }> };

export default async function SettingsPage({ params }: SettingsPageProps) {
  const { slug } = await params;
  const access = await pageAccess("project:update", slug);
  const [project, versions] = await Promise.all([getProject(access), listProjectVersions(access)]);
  return (
    <Page width="narrow">
      <PageHeader
        title="Settings"
        purpose="What people are asked, how many of them, and what they read first."
        breadcrumb={[{ href: `/projects/${slug}`, label: project.name }]}
        actions={
          <Button asChild>
            <Link href={`/projects/${slug}/task-schema`}>Task schema</Link>
          </Button>
        }
      />
      <ProjectForm project={slug} initial={project} />
      <Versions slug={slug} versions={versions} />
      <Section title="Danger zone">
        <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-destructive/40 p-4">
          <p className="max-w-[52ch]">
            Deleting the project takes its instances, labels and snapshots with it. Export what you want to keep first:
            this cannot be undone.
          </p>
          <DeleteProject slug={slug} />
        </div>
      </Section>
    </Page>
  );
}

function Versions({ slug, versions }: { slug: string; versions: ProjectVersions }) {
  const rows = [
    ...versions.taskSchema.map((version) => ({ ...version, kind: "Question" })),
    ...versions.guidelines.map((version) => ({ ...version, kind: "Guidelines" })),
  ].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  return (
    <Section
      title="Versions"
      description="Every label names the versions it was given under."
      actions={
        <Button size="sm" asChild>
          <Link href={`/projects/${slug}/task-schema/versions`}>Compare versions</Link>
        </Button>
      }
    >
      <Table label="Versions of the question and the guidelines" stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>Of</TH>
            <TH numeric>Version</TH>
            <TH>Written</TH>
            <TH>By</TH>
          </TR>
        </THead>
        <TBody>
          {rows.map(({ kind, version, createdAt, createdBy }) => (
            <TR key={`${kind} ${version}`}>
              <TD>{kind}</TD>
              <TD numeric>{version}</TD>
              <TD>
                <RelativeTime value={createdAt} />
              </TD>
              <TD>{createdBy ?? "command line"}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Section>
  );
}
