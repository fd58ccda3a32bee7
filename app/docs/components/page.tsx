import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { RoomMessages } from "@/app/i18n/room-messages";
import { SampleText } from "@/app/_components/reading/sample-text";
import { Wordmark } from "@/app/_components/frame/wordmark";
import { PageHeader } from "@/app/_components/ui/page";
import { ThemeToggle } from "@/app/_components/ui/theme-toggle";
import { Actions } from "./_components/actions";
import { Figures } from "./_components/figures";
import { Fields } from "./_components/fields";
import { Messages } from "./_components/messages";
import { Popups } from "./_components/popups";
import { Tables } from "./_components/tables";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("gallery"))("title") };
}

/** Every part of the design system in every state, to be looked at in each theme, language and width. */
export default async function GalleryPage() {
  const t = await getTranslations("gallery");
  return (
    <RoomMessages rooms={["gallery"]}>
      <header className="sticky top-0 z-30 flex h-(--frame-top) items-center justify-between border-b bg-background px-4">
        <Link href="/" className="rounded-md">
          <Wordmark />
        </Link>
        <ThemeToggle />
      </header>
      <main className="mx-auto grid max-w-6xl grid-cols-1 gap-10 px-4 py-6 sm:px-6">
        <PageHeader title={t("title")} purpose={t("purpose")} />
        <Actions />
        <Fields />
        <Messages />
        <Popups />
        <Figures />
        <Tables />
        <SampleText />
      </main>
    </RoomMessages>
  );
}
