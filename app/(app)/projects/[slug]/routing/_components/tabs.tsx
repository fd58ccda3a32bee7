import { TabLinks } from "@/app/_components/ui/tabs";

/** The two pages of routing. */
export function RoutingTabs({ slug }: { slug: string }) {
  const path = `/projects/${slug}/routing`;
  return (
    <TabLinks
      label="Parts of routing"
      items={[
        { href: path, label: "Policy" },
        { href: `${path}/backtest`, label: "Backtest" },
      ]}
    />
  );
}
