import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
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

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("projects.settings"))("title") };
}

type SettingsPageProps = { params: Promise<{ slug: string }> };

export default async function SettingsPage({ params }: SettingsPageProps) {
  const { slug } = await params;
  const access = await pageAccess("project:update", slug);
  const t = await getTranslations("projects.settings");
  const [project, versions] = await Promise.all([getProject(access), listProjectVersions(access)]);
  return (
    <Page width="narrow">
      <PageHeader
        title={t("title")}
        purpose={t("purpose")}
        breadcrumb={[{ href: `/projects/${slug}`, label: project.name }]}
        actions={
          <Button asChild>
            <Link href={`/projects/${slug}/task-schema`}>{t("taskSchema")}</Link>
          </Button>
        }
      />
      <ProjectForm project={slug} initial={project} />
      <Versions slug={slug} versions={versions} />
      <Section title={t("danger")}>
        <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-destructive/40 p-4">
          <p className="max-w-[52ch]">{t("dangerText")}</p>
          <DeleteProject slug={slug} />
        </div>
      </Section>
    </Page>
  );
}

function Versions({ slug, versions }: { slug: string; versions: ProjectVersions }) {
  const t = useTranslations("projects.settings.versions");
  const rows = [
    ...versions.taskSchema.map((version) => ({ ...version, kind: "question" as const })),
    ...versions.guidelines.map((version) => ({ ...version, kind: "guidelines" as const })),
  ].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  return (
    <Section
      title={t("title")}
      description={t("purpose")}
      actions={
        <Button size="sm" asChild>
          <Link href={`/projects/${slug}/task-schema/versions`}>{t("compare")}</Link>
        </Button>
      }
    >
      <Table label={t("table")} stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>{t("of")}</TH>
            <TH numeric>{t("version")}</TH>
            <TH>{t("written")}</TH>
            <TH>{t("by")}</TH>
          </TR>
        </THead>
        <TBody>
          {rows.map(({ kind, version, createdAt, createdBy }) => (
            <TR key={`${kind} ${version}`}>
              <TD>{t(kind)}</TD>
              <TD numeric>{version}</TD>
              <TD>
                <RelativeTime value={createdAt} />
              </TD>
              <TD>{createdBy ?? t("commandLine")}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Section>
  );
}
