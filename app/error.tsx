"use client";

import { FailurePage } from "./_components/frame/failure-page";

export default function ErrorPage({ error }: { error: unknown }) {
  return <FailurePage error={error} />;
}
