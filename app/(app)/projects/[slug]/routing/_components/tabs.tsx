import { useTranslations } from "next-intl";
import { TabLinks } from "@/app/_components/ui/tabs";

/** The two pages of routing. */
export function RoutingTabs({ slug }: { slug: string }) {
  const t = useTranslations("routing.tabs");
  const path = `/projects/${slug}/routing`;
  return (
    <TabLinks
      label={t("label")}
      items={[
        { href: path, label: t("policy") },
        { href: `${path}/backtest`, label: t("backtest") },
      ]}
    />
  );
}
