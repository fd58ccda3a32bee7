import { Check, Circle, Download, Upload } from "lucide-react";
import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Suspense } from "react";
import { pageAccess } from "@/app/(app)/page-access";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { cn } from "@/app/_components/ui/cn";
import { StackedBar } from "@/app/_components/ui/meter-bar";
import { Page, PageHeader, Section } from "@/app/_components/ui/page";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { roleAllows } from "@/lib/auth/access";
import { listNewestLabels } from "@/lib/labels/queries";
import { readAsked } from "@/lib/projects/asked/read";
import { questionOf } from "@/lib/projects/asked/schema";
import { getProject, getProjectOverview } from "@/lib/projects/queries";
import { comparisonOf, type ProjectOverview, type ProjectResponse } from "@/lib/projects/schema";
import { measureAgreement } from "@/lib/quality/agreement";
import { AgreementTable } from "./_components/agreement-table";
import { nameAsked } from "./_components/asked-names";
import { sourceOf, sources, wordAnnotator, wordAnswer } from "./_components/label-words";

type OverviewPageProps = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: OverviewPageProps): Promise<Metadata> {
  const { slug } = await params;
  return { title: slug };
}

/** How far a project is, where its labels come from and how much people agree. */
export default async function OverviewPage({ params }: OverviewPageProps) {
  const { slug } = await params;
  const access = await pageAccess("project:view", slug);
  if (!roleAllows(access.role, "quality:read")) redirect(`/projects/${slug}/label`);
  const project = await getProject(access);
  const t = await getTranslations("projects");
  return (
    <Page>
      <PageHeader
        title={project.name}
        purpose={project.description || t("overview.purpose")}
        breadcrumb={[{ href: "/projects", label: t("list.title") }]}
        actions={<Actions slug={slug} />}
      />
      <Suspense fallback={<OverviewSkeleton />}>
        <Overview project={project} />
      </Suspense>
    </Page>
  );
}

async function Overview({ project }: { project: ProjectResponse }) {
  const { slug } = project;
  const overview = await getProjectOverview(await pageAccess("quality:read", slug));
  const canInvite = roleAllows(project.role, "member:manage");
  if (overview.progress.instances === 0) return <NextSteps slug={slug} overview={overview} canInvite={canInvite} />;
  return (
    <>
      {overview.labels.total === 0 ? <NextSteps slug={slug} overview={overview} canInvite={canInvite} /> : null}
      <Facts overview={overview} />
      <Distributions overview={overview} overlap={project.overlap} />
      <Suspense fallback={<Skeleton className="h-24 rounded-lg" />}>
        <Agreement project={project} />
      </Suspense>
      <Suspense fallback={<Skeleton className="h-40 rounded-lg" />}>
        <NewestLabels slug={slug} />
      </Suspense>
    </>
  );
}

function OverviewSkeleton() {
  const t = useTranslations("projects.overview");
  return (
    <div role="status" aria-label={t("loading")} className="grid gap-6">
      <Skeleton className="h-20 rounded-lg" />
      <Skeleton className="h-24 rounded-lg" />
      <Skeleton className="h-48 rounded-lg" />
    </div>
  );
}

function Actions({ slug }: { slug: string }) {
  const t = useTranslations("projects.overview");
  return (
    <>
      <Button asChild>
        <Link href={`/projects/${slug}/import`}>
          <Upload aria-hidden />
          {t("import")}
        </Link>
      </Button>
      <Button asChild>
        <Link href={`/projects/${slug}/export`}>
          <Download aria-hidden />
          {t("export")}
        </Link>
      </Button>
    </>
  );
}

function Facts({ overview }: { overview: ProjectOverview }) {
  const t = useTranslations("projects.overview.facts");
  const { number, percent } = useNumbers();
  const { progress, labelled, labels } = overview;
  const facts = [
    { name: t("instances"), value: number(progress.instances) },
    { name: t("labelled"), value: number(labelled), note: percent(labelled / progress.instances, undefined, 0) },
    {
      name: t("complete"),
      value: number(progress.complete),
      note: progress.labelable > 0 ? percent(progress.complete / progress.labelable, undefined, 0) : undefined,
    },
    { name: t("today"), value: number(labels.today) },
  ];
  return (
    <dl className="grid grid-cols-2 gap-y-4 border-y py-4 sm:grid-cols-4 sm:divide-x">
      {facts.map(({ name, value, note }) => (
        <div key={name} className="sm:px-4 sm:first:ps-0">
          <dt className="text-[0.8125rem] text-muted-foreground">{name}</dt>
          <dd className="mt-0.5 flex items-baseline gap-2 tabular-nums">
            <span className="text-xl leading-7 font-semibold">{value}</span>
            {note ? <span className="text-[0.8125rem] text-muted-foreground">{note}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Distributions({ overview, overlap }: { overview: ProjectOverview; overlap: number }) {
  const t = useTranslations("projects.overview");
  const names = useTranslations("projects.sources");
  const { progress, labels } = overview;
  const shown = sources.map(({ source, bar }) => ({
    label: names(source),
    className: bar,
    value: labels.bySource.find((row) => row.source === source)?.labels ?? 0,
  }));
  return (
    <div className="grid grid-cols-1 gap-6 md:grid-cols-2">
      <Section
        title={t("progress.title")}
        description={t("progress.purpose", { overlap, withAi: progress.waitingForAi > 0 ? "yes" : "no" })}
      >
        <StackedBar
          label={t("progress.chart")}
          parts={[
            { label: t("progress.complete"), value: progress.complete, className: "bg-human" },
            { label: t("progress.inProgress"), value: progress.inProgress, className: "bg-human/45" },
            ...(progress.waitingForAi > 0
              ? [{ label: t("progress.waitsForAi"), value: progress.waitingForAi, className: "bg-lm/45" }]
              : []),
            { label: t("progress.notBegun"), value: progress.unlabelled, className: "bg-border-strong" },
            ...(progress.instances > progress.labelable
              ? [
                  {
                    label: t("progress.notShown"),
                    value: progress.instances - progress.labelable,
                    className: "bg-tone-zinc",
                  },
                ]
              : []),
          ]}
        />
      </Section>
      <Section title={t("bySource.title")} description={t("bySource.current", { count: labels.total })}>
        {labels.total === 0 ? (
          <p className="text-muted-foreground">{t("bySource.none")}</p>
        ) : (
          <StackedBar label={t("bySource.title")} parts={shown.filter(({ value }) => value > 0)} />
        )}
      </Section>
    </div>
  );
}

async function Agreement({ project }: { project: ProjectResponse }) {
  const t = await getTranslations("projects.overview.agreement");
  const aspects = comparisonOf(project.taskSchema)?.aspects;
  if (!aspects) {
    return (
      <Section title={t("title")}>
        <p className="text-muted-foreground">{t("notAsked")}</p>
      </Section>
    );
  }
  const { agreement, withJudges, leftOut } = await measureAgreement(await pageAccess("quality:read", project.slug));
  return (
    <>
      <Section title={t("title")} description={t("purpose")}>
        <AgreementTable label={t("title")} agreement={agreement} aspects={aspects} />
      </Section>
      {withJudges.length > 0 || leftOut > 0 ? (
        <Section title={t("withJudges")} description={t("withJudgesPurpose")}>
          {withJudges.length > 0 ? (
            <AgreementTable label={t("withJudges")} agreement={withJudges} aspects={aspects} />
          ) : null}
          {leftOut > 0 ? <p className="text-muted-foreground">{t("leftOut", { count: leftOut })}</p> : null}
        </Section>
      ) : null}
    </>
  );
}

async function NewestLabels({ slug }: { slug: string }) {
  const access = await pageAccess("instance:read", slug);
  const labels = await listNewestLabels(access, 8);
  if (labels.length === 0) return null;
  const asked = await readAsked(access, labels);
  const t = await getTranslations("projects.overview.newest");
  const names = await getTranslations("projects.sources");
  const words = { t: await getTranslations("projects.labels"), label: await getTranslations("label") };
  return (
    <Section title={t("title")}>
      <Table label={t("title")} stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>{t("instance")}</TH>
            <TH>{t("answer")}</TH>
            <TH>{t("question")}</TH>
            <TH>{t("from")}</TH>
            <TH>{t("when")}</TH>
          </TR>
        </THead>
        <TBody>
          {labels.map((label) => (
            <TR key={label.id}>
              <TD>
                <Link
                  href={`/projects/${slug}/instances/${label.instanceId}`}
                  className="font-mono text-xs hover:underline"
                >
                  {label.instance.outsideId}
                </Link>
              </TD>
              <TD className="max-w-80 truncate">
                {wordAnswer(label, { ids: label.instance.completionIds, question: questionOf(asked, label) }, words)}
              </TD>
              <TD className="text-muted-foreground">{nameAsked(questionOf(asked, label), label, words.t)}</TD>
              <TD>
                <span className="flex items-center gap-2">
                  <Badge variant={sourceOf(label.source).badge}>{names(label.source)}</Badge>
                  <span dir="auto" className="max-w-48 truncate text-muted-foreground">
                    {wordAnnotator(label, words.t)}
                  </span>
                </span>
              </TD>
              <TD>
                <RelativeTime value={label.createdAt} className="text-muted-foreground" />
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Section>
  );
}

/** What leads from an empty project to its first labels. */
function NextSteps({ slug, overview, canInvite }: { slug: string; overview: ProjectOverview; canInvite: boolean }) {
  const t = useTranslations("projects.overview.next");
  const { progress, labels } = overview;
  const steps = [
    {
      done: progress.instances > 0,
      title: t("import"),
      text: t("importText"),
      href: "import",
      action: t("importAction"),
    },
    ...(canInvite
      ? [
          {
            done: false,
            title: t("invite"),
            text: t("inviteText"),
            href: "members",
            action: t("inviteAction"),
          },
        ]
      : []),
    {
      done: labels.total > 0,
      title: t("label"),
      text: t("labelText"),
      href: "label",
      action: t("labelAction"),
    },
  ];
  const next = steps.findIndex(({ done }) => !done);
  return (
    <Section title={t("title")}>
      <ol className="divide-y rounded-lg border">
        {steps.map(({ done, title, text, href, action }, index) => (
          <li key={href} className="flex flex-wrap items-center gap-x-4 gap-y-2 p-4">
            <span aria-hidden className={cn("shrink-0", done ? "text-tone-emerald" : "text-muted-foreground")}>
              {done ? <Check className="size-5" /> : <Circle className="size-5" />}
            </span>
            <div className="min-w-0 flex-1 basis-60">
              <h3 className="font-medium">
                {title}
                {done ? <span className="sr-only"> {t("done")}</span> : null}
              </h3>
              <p className="text-muted-foreground">{text}</p>
            </div>
            <Button asChild variant={index === next ? "primary" : "secondary"}>
              <Link href={`/projects/${slug}/${href}`}>{action}</Link>
            </Button>
          </li>
        ))}
      </ol>
    </Section>
  );
}
