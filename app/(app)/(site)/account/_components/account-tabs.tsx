import { useTranslations } from "next-intl";
import { TabLinks } from "@/app/_components/ui/tabs";

/** The pages about oneself. */
export function AccountTabs() {
  const t = useTranslations("people.account");
  return (
    <TabLinks
      label={t("title")}
      items={[
        { href: "/account", label: t("profile") },
        { href: "/account/reading", label: t("reading") },
        { href: "/account/api-keys", label: t("apiKeys") },
      ]}
    />
  );
}
