import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { pageUser } from "@/app/(app)/page-access";
import { RoomMessages } from "@/app/i18n/room-messages";
import { Page, PageHeader, Section } from "@/app/_components/ui/page";
import { AccountTabs } from "./_components/account-tabs";
import { NameForm } from "./_components/name-form";
import { PasswordForm } from "./_components/password-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people.account");
  return { title: t("title") };
}

export default async function AccountPage() {
  const user = await pageUser();
  const t = await getTranslations("people.account");
  return (
    <RoomMessages rooms={["people"]}>
      <Page>
        <PageHeader title={t("heading")} purpose={t("signInAs", { email: user.email })} />
        <AccountTabs />
        <Section title={t("name")} description={t("nameText")}>
          <NameForm name={user.name} />
        </Section>
        <Section title={t("password")} description={t("passwordText")}>
          <PasswordForm email={user.email} />
        </Section>
      </Page>
    </RoomMessages>
  );
}
