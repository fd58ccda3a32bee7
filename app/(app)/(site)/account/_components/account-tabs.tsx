import { TabLinks } from "@/app/_components/ui/tabs";

/** The pages about oneself. */
export function AccountTabs() {
  return (
    <TabLinks
      label="Account"
      items={[
        { href: "/account", label: "Profile" },
        { href: "/account/reading", label: "Language and reading" },
        { href: "/account/api-keys", label: "API keys" },
      ]}
    />
  );
}
