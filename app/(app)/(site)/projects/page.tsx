import { FolderPlus, Plus } from "lucide-react";
import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { Suspense } from "react";
import { pageUser } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { Progress } from "@/app/_components/ui/progress";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Principal } from "@/lib/auth/access";
import { listProjects } from "@/lib/projects/queries";
import { projectListQuery, type ProgressCounts, type ProjectListItem } from "@/lib/projects/schema";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("projects.list"))("title") };
}

const grid = "grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-3";

/** The projects a person may open. */
export default async function ProjectsPage({ searchParams }: { searchParams: SearchParams }) {
  const user = await pageUser();
  const { cursor } = await searchQuery(projectListQuery, searchParams);
  const t = await getTranslations("projects.list");
  return (
    <Page>
      <PageHeader title={t("title")} purpose={t("purpose")} actions={user.isAdmin ? <CreateButton /> : null} />
      <Suspense fallback={<ProjectsSkeleton />}>
        <ProjectCards user={user} cursor={cursor} />
      </Suspense>
    </Page>
  );
}

function CreateButton() {
  const t = useTranslations("projects.list");
  return (
    <Button asChild variant="primary">
      <Link href="/projects/new">
        <Plus aria-hidden />
        {t("newProject")}
      </Link>
    </Button>
  );
}

async function ProjectCards({ user, cursor }: { user: Principal; cursor: string | undefined }) {
  const { items, nextCursor } = await listProjects(user, { limit: 24, cursor });
  const t = await getTranslations("projects.list");
  if (items.length === 0) {
    return (
      <EmptyState icon={<FolderPlus />} title={cursor ? t("noMore") : t("none")}>
        {user.isAdmin ? t("noneAdmin") : t("noneMember")}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className={grid}>
        {items.map((project) => (
          <li key={project.slug}>
            <ProjectCard project={project} />
          </li>
        ))}
      </ul>
      {nextCursor ? (
        <nav aria-label={t("pages")} className="flex justify-end">
          <Button asChild>
            <Link href={`/projects?cursor=${nextCursor}`}>{t("older")}</Link>
          </Button>
        </nav>
      ) : null}
    </>
  );
}

function ProjectsSkeleton() {
  const t = useTranslations("projects.list");
  return (
    <div role="status" aria-label={t("loading")} className={grid}>
      {[0, 1, 2].map((key) => (
        <Skeleton key={key} className="h-36 rounded-lg" />
      ))}
    </div>
  );
}

function ProjectCard({ project }: { project: ProjectListItem }) {
  const t = useTranslations("projects");
  const { slug, name, description, isDemo, role, progress } = project;
  return (
    <Card className="relative flex h-full min-h-28 flex-col gap-2 p-4 transition-colors duration-150 focus-within:border-input hover:border-input">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <h2 className="min-w-0 font-semibold [overflow-wrap:anywhere]">
          <Link
            href={role === "annotator" ? `/projects/${slug}/label` : `/projects/${slug}`}
            className="after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-ring"
          >
            {name}
          </Link>
        </h2>
        <span className="flex gap-1.5">
          {isDemo ? <Badge variant="outline">{t("list.demo")}</Badge> : null}
          <Badge>{t(`roles.${role}`)}</Badge>
        </span>
      </div>
      {description ? <p className="line-clamp-2 text-muted-foreground">{description}</p> : null}
      {progress ? (
        <ProgressLine progress={progress} />
      ) : (
        <p className="mt-auto text-[0.8125rem] text-muted-foreground">{t("list.openToLabel")}</p>
      )}
    </Card>
  );
}

function ProgressLine({ progress }: { progress: ProgressCounts }) {
  const t = useTranslations("projects.list");
  const { percent } = useNumbers();
  const { instances, labelable, complete } = progress;
  if (instances === 0) return <p className="mt-auto text-[0.8125rem] text-muted-foreground">{t("noInstances")}</p>;
  return (
    <div className="mt-auto grid gap-1.5">
      <div className="flex justify-between gap-4 text-[0.8125rem] text-muted-foreground tabular-nums">
        <span>{t("instances", { count: instances })}</span>
        <span>
          {labelable > 0 ? t("complete", { share: percent(complete / labelable, undefined, 0) }) : t("nothingToLabel")}
        </span>
      </div>
      <Progress value={complete} max={Math.max(1, labelable)} label={t("progress")} />
    </div>
  );
}
