import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Alert } from "./ui/alert";
import { Button } from "./ui/button";

type ShowMoreProps = {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; error: Error | null; fetchNextPage: () => unknown };
};

/**
 * The end of a list: why it could not be read again, and the button for its next rows while there are some. With the last
 * of them the button goes, and its focus stays here, at the end of the list.
 */
export function ShowMore({ query }: ShowMoreProps) {
  const t = useTranslations("ui");
  const [hasAsked, setHasAsked] = useState(false);
  const endRef = useRef<HTMLParagraphElement>(null);
  const isEnd = hasAsked && !query.hasNextPage;
  useEffect(() => {
    // Whoever went elsewhere meanwhile stays there.
    if (isEnd && document.activeElement === document.body) endRef.current?.focus({ preventScroll: true });
  }, [isEnd]);
  return (
    <>
      {query.error ? <Alert tone="danger">{query.error.message}</Alert> : null}
      {query.hasNextPage ? (
        <Button
          className="justify-self-center"
          pending={query.isFetchingNextPage}
          onClick={() => {
            setHasAsked(true);
            query.fetchNextPage();
          }}
        >
          {t("showMore")}
        </Button>
      ) : null}
      {isEnd ? (
        <p ref={endRef} tabIndex={-1} className="justify-self-center text-muted-foreground">
          {t("allShown")}
        </p>
      ) : null}
    </>
  );
}
