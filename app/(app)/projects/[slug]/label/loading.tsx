import { LoadingInstance } from "./_components/nothing-here";

export default function Loading() {
  return (
    <div className="flex h-[calc(100dvh-var(--frame-top)-var(--frame-bottom))] flex-col pt-11">
      <LoadingInstance />
    </div>
  );
}
