import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { pageUser } from "@/app/(app)/page-access";
import { LanguageFields, TextFields, ThemeFields } from "@/app/_components/reading/appearance-fields";
import { SampleText } from "@/app/_components/reading/sample-text";
import { Page, PageHeader, Section } from "@/app/_components/ui/page";
import { AccountTabs } from "../_components/account-tabs";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("reading"))("title") };
}

export default async function ReadingPage() {
  await pageUser();
  const t = await getTranslations("reading");
  return (
    <Page>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <AccountTabs />
      <Section title={t("language")} description={t("languageHint")}>
        <LanguageFields />
      </Section>
      <Section title={t("look")} description={t("lookHint")}>
        <div className="flex flex-wrap gap-x-8 gap-y-4">
          <ThemeFields />
        </div>
      </Section>
      <Section title={t("texts")} description={t("textsHint")}>
        <div className="flex flex-wrap gap-x-8 gap-y-4">
          <TextFields />
        </div>
        <SampleText />
      </Section>
    </Page>
  );
}
