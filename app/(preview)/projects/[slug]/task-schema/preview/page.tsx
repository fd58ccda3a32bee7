import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { pageAccess } from "@/app/(app)/page-access";
import { PreviewFrame } from "@/app/(app)/projects/[slug]/task-schema/_components/preview/preview-frame";
import { RoomMessages } from "@/app/i18n/room-messages";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("taskSchema.preview"))("title") };
}

type PreviewPageProps = { params: Promise<{ slug: string }> };

/** What stands in the preview's frame on the page of the task schema: outside of the menu, with the width to itself. */
export default async function PreviewPage({ params }: PreviewPageProps) {
  const { slug } = await params;
  await pageAccess("project:update", slug);
  return (
    <main className="flex min-h-dvh flex-col [--frame-bottom:0px] [--frame-top:0px]">
      <RoomMessages rooms={["label", "taskSchema", "projects"]}>
        <PreviewFrame slug={slug} />
      </RoomMessages>
    </main>
  );
}
