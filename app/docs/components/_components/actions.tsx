"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { Kbd } from "@/app/_components/ui/kbd";
import { Section } from "@/app/_components/ui/page";
import { ShortId } from "@/app/_components/ui/short-id";
import { TabLinks } from "@/app/_components/ui/tabs";

const variants = ["primary", "secondary", "ghost", "danger", "link"] as const;
const tones = ["neutral", "indigo", "amber", "teal", "violet", "emerald", "rose", "outline"] as const;

/** Buttons, badges, tabs and what can be copied. */
export function Actions() {
  const t = useTranslations("gallery");
  return (
    <Section title={t("actions")}>
      {variants.map((variant) => (
        <div key={variant} className="flex flex-wrap items-center gap-3">
          <Button variant={variant}>{t("train")}</Button>
          <Button variant={variant} size="sm">
            <Plus aria-hidden />
            {t("train")}
          </Button>
          {variant === "link" ? null : (
            <Button variant={variant} size="icon" aria-label={t("remove")}>
              <Trash2 aria-hidden />
            </Button>
          )}
          <Button variant={variant} disabled>
            {t("disabled")}
          </Button>
          <Button variant={variant} pending>
            {t("pending")}
          </Button>
        </div>
      ))}
      <div className="flex flex-wrap gap-2">
        {tones.map((tone) => (
          <Badge key={tone} variant={tone}>
            {t("state")}
          </Badge>
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <ShortId id="0193a1c2-5b1e-7000-8000-000000000001" />
        <CopyButton value="tandem" label={t("copyThis")} />
        <CopyButton value="tandem" label={t("copyThis")} showLabel variant="secondary" />
        <Kbd>Shift</Kbd>
        <Kbd>Enter</Kbd>
      </div>
      <TabLinks
        label={t("tabs")}
        scroll={false}
        items={[
          { href: "/docs/components", label: t("tabFirst") },
          { href: "/docs/components?tab=2", label: t("tabSecond") },
        ]}
      />
    </Section>
  );
}
