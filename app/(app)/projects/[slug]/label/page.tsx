import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { pageAccess } from "@/app/(app)/page-access";
import { nextAssignment } from "@/lib/assignments/lease";
import { getProgress } from "@/lib/assignments/queries";
import { readKeyBindings } from "@/lib/auth/key-bindings";
import { readGuidelines } from "@/lib/projects/guidelines";
import { renderMarkdown } from "@/lib/text/render";
import { Labelling } from "./_components/labelling";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("label"))("title") };
}

/** Where annotators compare completions, one instance after the other. */
export default async function LabelPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const access = await pageAccess("label:write", slug);
  const [{ text, ...guidelines }, initialProgress, initialKeys, opening] = await Promise.all([
    readGuidelines(access),
    getProgress(access),
    readKeyBindings(access),
    nextAssignment(access, { held: [] }),
  ]);
  const html = text.trim() === "" ? null : await renderMarkdown(text);
  return (
    <Labelling
      project={{ slug, projectId: access.projectId, userId: access.userId }}
      guidelines={{ ...guidelines, html }}
      {...{ initialProgress, initialKeys, opening }}
    />
  );
}
