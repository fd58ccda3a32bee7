import type { Metadata } from "next";
import Link from "next/link";

import { MessagePage } from "./_components/frame/message-page";
import { Button } from "./_components/ui/button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFoundPage() {
  return (
    <MessagePage
      title="There is nothing to show at this address"
      actions={
        <Button asChild variant="primary">
          <Link href="/projects">Back to projects</Link>
        </Button>
      }
    >
      It was removed, the address is misspelt, or your account may not see it. Check the address, or ask an admin of the
      project to invite you.
    </MessagePage>
  );
}
