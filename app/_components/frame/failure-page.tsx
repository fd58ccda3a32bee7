"use client";

import { Button } from "../ui/button";
import { MessagePage } from "./message-page";

/** What is shown instead of a page that failed. */
export function FailurePage({ error }: { error: unknown }) {
  return (
    <MessagePage
      title="This page could not be shown"
      reference={referenceOf(error)}
      actions={
        <>
          {/* A full load, not a retry of this part: after an upgrade the running page asks for files that are gone. */}
          <Button variant="primary" onClick={() => window.location.reload()}>
            Reload
          </Button>
          <Button asChild>
            <a href="/projects">Back to projects</a>
          </Button>
        </>
      }
    >
      An unexpected error stopped it. What was saved before is safe. Reload the page; if this comes back, send the
      reference below to the person who runs this server.
    </MessagePage>
  );
}

/** The digest finds the error in the server log; an error of the browser itself has only its message. */
function referenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "digest" in error && typeof error.digest === "string" ? error.digest : error.message;
}
