import type { Metadata } from "next";
import { pageUser } from "@/app/(app)/page-access";
import { Page, PageHeader, Section } from "@/app/_components/ui/page";
import { AccountTabs } from "./_components/account-tabs";
import { NameForm } from "./_components/name-form";
import { PasswordForm } from "./_components/password-form";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const user = await pageUser();
  return (
    <Page>
      <PageHeader title="Your account" purpose={`You sign in as ${user.email}.`} />
      <AccountTabs />
      <Section title="Name" description="How the other members of your projects see you.">
        <NameForm name={user.name} />
      </Section>
      <Section title="Password" description="A new password ends your sessions in all other browsers. API keys go on.">
        <PasswordForm email={user.email} />
      </Section>
    </Page>
  );
}
