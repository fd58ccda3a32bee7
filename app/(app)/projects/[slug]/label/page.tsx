import type { Metadata } from "next";
import { pageAccess } from "@/app/(app)/page-access";
import { getProgress } from "@/lib/assignments/queries";
import { getProject } from "@/lib/projects/queries";
import { renderMarkdown } from "@/lib/text/render";
import { Labelling } from "./_components/labelling";

export const metadata: Metadata = { title: "Label" };

/** Where annotators compare completions, one instance after the other. */
export default async function LabelPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const access = await pageAccess("label:write", slug);
  const [project, progress] = await Promise.all([
    getProject(await pageAccess("project:view", slug)),
    getProgress(access),
  ]);
  const html = project.guidelines.trim() === "" ? null : await renderMarkdown(project.guidelines);
  return (
    <Labelling
      project={{ slug, projectId: access.projectId, userId: access.userId }}
      guidelines={{ version: project.guidelinesVersion, html }}
      initialProgress={progress}
    />
  );
}
