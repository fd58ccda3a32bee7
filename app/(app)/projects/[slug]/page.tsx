import { Check, Circle, Download, Upload } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Suspense } from "react";
import { pageAccess } from "@/app/(app)/page-access";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { cn } from "@/app/_components/ui/cn";
import { StackedBar } from "@/app/_components/ui/meter-bar";
import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Page, PageHeader, Section } from "@/app/_components/ui/page";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import { roleAllows } from "@/lib/auth/access";
import { listNewestLabels } from "@/lib/labels/queries";
import { getProject, getProjectOverview } from "@/lib/projects/queries";
import { comparisonOf, type ProjectOverview, type ProjectResponse } from "@/lib/projects/schema";
import { measureAgreement } from "@/lib/quality/agreement";
import { AgreementTable } from "./_components/agreement-table";
import { describeAnnotator, describeAnswer, sourceOf, sources } from "./_components/label-words";

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
  return (
    <Page>
      <PageHeader
        title={project.name}
        purpose={
          project.description || "How far the labelling is, where the labels come from and how much people agree."
        }
        breadcrumb={[{ href: "/projects", label: "Projects" }]}
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
  return (
    <div role="status" aria-label="Loading the overview" className="grid gap-6">
      <Skeleton className="h-20 rounded-lg" />
      <Skeleton className="h-24 rounded-lg" />
      <Skeleton className="h-48 rounded-lg" />
    </div>
  );
}

function Actions({ slug }: { slug: string }) {
  return (
    <>
      <Button asChild>
        <Link href={`/projects/${slug}/import`}>
          <Upload aria-hidden />
          Import
        </Link>
      </Button>
      <Button asChild>
        <Link href={`/projects/${slug}/export`}>
          <Download aria-hidden />
          Export
        </Link>
      </Button>
    </>
  );
}

function Facts({ overview }: { overview: ProjectOverview }) {
  const { progress, labelled, labels } = overview;
  const facts = [
    { name: "Instances", value: formatNumber(progress.instances) },
    {
      name: "With a label",
      value: formatNumber(labelled),
      note: formatPercent(labelled / progress.instances, undefined, 0),
    },
    {
      name: "Complete",
      value: formatNumber(progress.complete),
      note: progress.labelable > 0 ? formatPercent(progress.complete / progress.labelable, undefined, 0) : undefined,
    },
    { name: "Labels today", value: formatNumber(labels.today) },
  ];
  return (
    <dl className="grid grid-cols-2 gap-y-4 border-y py-4 sm:grid-cols-4 sm:divide-x">
      {facts.map(({ name, value, note }) => (
        <div key={name} className="sm:px-4 sm:first:pl-0">
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
  const { progress, labels } = overview;
  const shown = sources.map(({ source, label, bar }) => ({
    label,
    className: bar,
    value: labels.bySource.find((row) => row.source === source)?.labels ?? 0,
  }));
  return (
    <div className="grid grid-cols-1 gap-6 md:grid-cols-2">
      <Section
        title="Progress"
        description={`An instance is complete with ${overlap === 1 ? "one person's label" : `the labels of ${overlap} people`}${progress.waitingForAi > 0 ? ", or with a judge's where it is routed to AI alone" : ""}.`}
      >
        <StackedBar
          label="Instances by progress"
          parts={[
            { label: "Complete", value: progress.complete, className: "bg-human" },
            { label: "In progress", value: progress.inProgress, className: "bg-human/45" },
            ...(progress.waitingForAi > 0
              ? [{ label: "Waits for AI", value: progress.waitingForAi, className: "bg-lm/45" }]
              : []),
            { label: "Not begun", value: progress.unlabelled, className: "bg-border-strong" },
            ...(progress.instances > progress.labelable
              ? [
                  {
                    label: "Cannot be shown",
                    value: progress.instances - progress.labelable,
                    className: "bg-tone-zinc",
                  },
                ]
              : []),
          ]}
        />
      </Section>
      <Section title="Labels by source" description={`${formatNumber(labels.total)} current labels.`}>
        {labels.total === 0 ? (
          <p className="text-muted-foreground">None yet.</p>
        ) : (
          <StackedBar label="Labels by source" parts={shown.filter(({ value }) => value > 0)} />
        )}
      </Section>
    </div>
  );
}

async function Agreement({ project }: { project: ProjectResponse }) {
  const aspects = comparisonOf(project.taskSchema)?.aspects;
  if (!aspects) {
    return (
      <Section title="Agreement between people">
        <p className="text-muted-foreground">It is measured on comparisons, and this project asks for none.</p>
      </Section>
    );
  }
  const { agreement, withJudges, leftOut } = await measureAgreement(await pageAccess("quality:read", project.slug));
  return (
    <>
      <Section
        title="Agreement between people"
        description="Of all pairs of labels on the same comparison, the share that give the same answer. Chance is not taken out of it."
      >
        <AgreementTable label="Agreement between people" agreement={agreement} aspects={aspects} />
      </Section>
      {withJudges.length > 0 || leftOut > 0 ? (
        <Section
          title="Agreement of people with LM judges"
          description="Of all pairs of a person's and a judge's label on the same comparison, the share that give the same answer. Only comparisons that both have labelled count; those drawn for both are a random sample."
        >
          {withJudges.length > 0 ? (
            <AgreementTable label="Agreement of people with LM judges" agreement={withJudges} aspects={aspects} />
          ) : null}
          {leftOut > 0 ? (
            <p className="text-muted-foreground">
              {formatNumber(leftOut)} {leftOut === 1 ? "label" : "labels"} left out: given by people who saw what AI
              suggests.
            </p>
          ) : null}
        </Section>
      ) : null}
    </>
  );
}

async function NewestLabels({ slug }: { slug: string }) {
  const labels = await listNewestLabels(await pageAccess("instance:read", slug), 8);
  if (labels.length === 0) return null;
  return (
    <Section title="Newest labels">
      <Table label="Newest labels" stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>Instance</TH>
            <TH>Answer</TH>
            <TH>Aspect</TH>
            <TH>From</TH>
            <TH>When</TH>
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
              <TD className="max-w-80 truncate">{describeAnswer(label, label.instance.completionIds)}</TD>
              <TD className="text-muted-foreground">{label.aspect}</TD>
              <TD>
                <span className="flex items-center gap-2">
                  <Badge variant={sourceOf(label.source).badge}>{sourceOf(label.source).label}</Badge>
                  <span className="max-w-48 truncate text-muted-foreground">{describeAnnotator(label)}</span>
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
  const { progress, labels } = overview;
  const steps = [
    {
      done: progress.instances > 0,
      title: "Import instances",
      text: "JSON Lines with prompts and completions, as a file here or through the API.",
      href: "import",
      action: "Import",
    },
    ...(canInvite
      ? [
          {
            done: false,
            title: "Invite people",
            text: "A link makes somebody an annotator, researcher or admin of this project.",
            href: "members",
            action: "Invite",
          },
        ]
      : []),
    {
      done: labels.total > 0,
      title: "Label the first instances yourself",
      text: "It shows what the question is like before others answer it.",
      href: "label",
      action: "Label",
    },
  ];
  const next = steps.findIndex(({ done }) => !done);
  return (
    <Section title="Next steps">
      <ol className="divide-y rounded-lg border">
        {steps.map(({ done, title, text, href, action }, index) => (
          <li key={href} className="flex flex-wrap items-center gap-x-4 gap-y-2 p-4">
            <span aria-hidden className={cn("shrink-0", done ? "text-tone-emerald" : "text-muted-foreground")}>
              {done ? <Check className="size-5" /> : <Circle className="size-5" />}
            </span>
            <div className="min-w-0 flex-1 basis-60">
              <h3 className="font-medium">
                {title}
                {done ? <span className="sr-only"> (done)</span> : null}
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
