"use client";

import { useMutation } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, Dices, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";

import { api } from "@/app/_components/api-client";
import { Button } from "@/app/_components/ui/button";
import { Input } from "@/app/_components/ui/input";
import type { FoundSubject, SubjectView } from "@/lib/judges/subjects/schema";

type Move = "first" | "next" | "previous" | "random";

const nothingThere = {
  first: "noneFound",
  random: "noneFound",
  next: "lastOne",
  previous: "firstOne",
} as const satisfies Record<Move, string>;

type SubjectPickerProps = { slug: string; subject: SubjectView | null; onPick: (subject: SubjectView) => void };

/** Finds an instance by its id or its words, beside the one shown, or at random. */
export function SubjectPicker({ slug, subject, onPick }: SubjectPickerProps) {
  const t = useTranslations("judges.tryOut");
  const [words, setWords] = useState("");
  const find = useMutation({
    mutationFn: (move: Move) => {
      const query = new URLSearchParams();
      if (words.trim() !== "") query.set("q", words.trim());
      if (move === "random") query.set("random", "yes");
      if (move === "next" && subject) query.set("after", subject.id);
      if (move === "previous" && subject) query.set("before", subject.id);
      return api<FoundSubject>("GET", `/api/v1/projects/${slug}/judges/subject?${query}`);
    },
    onSuccess: ({ item }) => {
      if (item) onPick(item);
    },
  });
  const note =
    find.error?.message ?? (find.data?.item === null && find.variables ? t(nothingThere[find.variables]) : undefined);
  return (
    <div className="grid min-w-0 grid-cols-1 gap-2">
      <form
        role="search"
        aria-label={t("instance")}
        className="flex flex-wrap gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          find.mutate("first");
        }}
      >
        <Input
          type="search"
          aria-label={t("find")}
          placeholder={t("findPlaceholder")}
          maxLength={500}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          className="max-w-64 min-w-32 flex-1"
        />
        <Button type="submit" aria-label={t("findStart")}>
          <Search aria-hidden />
        </Button>
        <Button aria-label={t("previous")} onClick={() => find.mutate("previous")}>
          <ChevronLeft aria-hidden className="rtl:-scale-x-100" />
        </Button>
        <Button aria-label={t("next")} onClick={() => find.mutate("next")}>
          <ChevronRight aria-hidden className="rtl:-scale-x-100" />
        </Button>
        <Button onClick={() => find.mutate("random")}>
          <Dices aria-hidden />
          {t("random")}
        </Button>
      </form>
      <p role="status" className="text-[0.8125rem] text-muted-foreground empty:hidden">
        {note}
      </p>
      {subject ? (
        <p className="min-w-0 [overflow-wrap:anywhere]">
          <Link
            href={`/projects/${slug}/instances/${subject.id}`}
            className="me-2 font-mono text-xs font-medium underline underline-offset-2"
          >
            {subject.outsideId}
          </Link>
          <span dir="auto" className="line-clamp-2 text-muted-foreground">
            {subject.excerpt}
          </span>
        </p>
      ) : null}
    </div>
  );
}
