import { useTranslations } from "next-intl";
import { Alert } from "./ui/alert";
import { Button } from "./ui/button";

type ShowMoreProps = {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; error: Error | null; fetchNextPage: () => unknown };
};

/** The end of a list: why it could not be read again, and the button for its next rows while there are some. */
export function ShowMore({ query }: ShowMoreProps) {
  const t = useTranslations("ui");
  return (
    <>
      {query.error ? <Alert tone="danger">{query.error.message}</Alert> : null}
      {query.hasNextPage ? (
        <Button
          className="justify-self-center"
          pending={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {t("showMore")}
        </Button>
      ) : null}
    </>
  );
}
