import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { pageAccess } from "@/app/(app)/page-access";
import { Button } from "@/app/_components/ui/button";
import { Page, PageHeader, Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { TabLinks } from "@/app/_components/ui/tabs";
import { RelativeTime } from "@/app/_components/ui/time";
import { readAffected } from "@/lib/assignments/relabel/affected";
import { listRelabelSets } from "@/lib/assignments/relabel/relabel-sets";
import { getProject, listProjectVersions } from "@/lib/projects/queries";
import type { ProjectVersions } from "@/lib/projects/schema";
import { readGuidelinesVersion, readSchemaVersion } from "@/lib/projects/versions";
import { WordDiff } from "../../_components/word-diff";
import { AskAgain } from "../_components/versions/ask-again";
import { RelabelSets } from "../_components/versions/relabel-sets";
import { SchemaChanges } from "../_components/versions/schema-changes";
import { diffSchemas } from "../_components/versions/schema-diff";
import { VersionForm } from "../_components/versions/version-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("taskSchema.versions"))("title") };
}

const number = z.coerce.number().int().min(1).optional().catch(undefined);
const query = z.object({
  of: z.enum(["questions", "guidelines"]).catch("questions"),
  from: number,
  to: number,
});

type VersionsPageProps = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What was asked when, in what two versions differ, and the way back to an older one. */
export default async function VersionsPage({ params, searchParams }: VersionsPageProps) {
  const { slug } = await params;
  const access = await pageAccess("project:update", slug);
  const { of, ...chosen } = query.parse(await searchParams);
  const [project, versions, affected, relabelSets] = await Promise.all([
    getProject(access),
    listProjectVersions(access),
    readAffected(access),
    listRelabelSets(access),
  ]);
  const list = of === "questions" ? versions.taskSchema : versions.guidelines;
  const newest = list[0]!.version;
  const to = chosen.to ?? newest;
  const from = chosen.from ?? Math.max(1, to - 1);
  if (Math.max(from, to) > newest) notFound();
  const t = await getTranslations("taskSchema.versions");
  const diff = await getTranslations("taskSchema.diff");
  const home = `/projects/${slug}/task-schema`;
  return (
    <Page>
      <PageHeader
        title={t("heading")}
        purpose={t("purpose")}
        breadcrumb={[
          { href: `/projects/${slug}`, label: project.name },
          { href: home, label: t("schema") },
        ]}
      />
      <TabLinks
        label={t("tabs")}
        items={[
          { href: `${home}/versions`, label: t("schema") },
          { href: `${home}/versions?of=guidelines`, label: t("guidelines") },
        ]}
      />
      <Section title={from === to ? t("one", { version: to }) : t("two", { from, to })}>
        <VersionForm key={`${of} ${from} ${to}`} versions={list.map(({ version }) => version)} {...{ from, to, of }} />
        {of === "questions" ? (
          <SchemaChanges
            groups={diffSchemas(await readSchemaVersion(access, from), await readSchemaVersion(access, to), diff)}
          />
        ) : (
          <div className="rounded-lg border bg-card px-4 py-3">
            <WordDiff
              before={await readGuidelinesVersion(access, from)}
              after={await readGuidelinesVersion(access, to)}
            />
          </div>
        )}
      </Section>
      <AskAgain slug={slug} affected={affected} />
      <RelabelSets slug={slug} sets={relabelSets.items} />
      <VersionTable
        versions={list}
        restoreFrom={`${home}?${of === "questions" ? "version" : "guidelines"}=`}
        compareFrom={`${home}/versions?of=${of}`}
      />
    </Page>
  );
}

type VersionTableProps = { versions: ProjectVersions["taskSchema"]; restoreFrom: string; compareFrom: string };

function VersionTable({ versions, restoreFrom, compareFrom }: VersionTableProps) {
  const t = useTranslations("taskSchema.versions");
  const [newest] = versions;
  return (
    <Section title={t("all")} description={t("allPurpose")}>
      <Table label={t("all")} stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH numeric>{t("version")}</TH>
            <TH>{t("written")}</TH>
            <TH>{t("by")}</TH>
            <TH>
              <span className="sr-only">{t("actions")}</span>
            </TH>
          </TR>
        </THead>
        <TBody>
          {versions.map(({ version, createdAt, createdBy }) => (
            <TR key={version}>
              <TD numeric>{version}</TD>
              <TD>
                <RelativeTime value={createdAt} />
              </TD>
              <TD>{createdBy ?? t("commandLine")}</TD>
              <TD>
                <span className="flex flex-wrap justify-end gap-3">
                  {version > 1 ? (
                    <Button variant="link" size="sm" asChild>
                      <Link href={`${compareFrom}&from=${version - 1}&to=${version}`}>{t("changes", { version })}</Link>
                    </Button>
                  ) : null}
                  {version === newest!.version ? (
                    <span className="text-muted-foreground">{t("inUse")}</span>
                  ) : (
                    <Button variant="link" size="sm" asChild>
                      <Link href={`${restoreFrom}${version}`}>{t("restore", { version })}</Link>
                    </Button>
                  )}
                </span>
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Section>
  );
}
