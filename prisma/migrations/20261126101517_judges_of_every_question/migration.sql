-- AlterTable
ALTER TABLE "verdicts" ADD COLUMN     "cached_input_tokens" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "question" TEXT,
ADD COLUMN     "thinking" TEXT;

-- What follows is written by hand, but for the key at the end.

-- The comparison that judges have answered so far: the first of the newest task schema that asks for one.
CREATE TEMPORARY TABLE "first_comparisons" ON COMMIT DROP AS
SELECT DISTINCT ON (t.project_id) t.project_id, asked.question ->> 'id' AS question
FROM "task_schemas" t, jsonb_array_elements(t.payload -> 'questions') WITH ORDINALITY AS asked(question, place)
WHERE asked.question ->> 'type' = 'comparison'
ORDER BY t.project_id, t.version DESC, asked.place;

-- Verdicts that became a label were about its question, which may have left the task schema since.
UPDATE "verdicts" v SET question = coalesce(
  (SELECT l.question FROM "labels" l
    WHERE l.project_id = v.project_id AND l.instance_id = v.instance_id AND l.aspect = v.aspect AND l.target = v.target
      AND l.source IN ('lm', 'rm') AND l.annotator = 'judge:' || v.judge_id || '@' || v.judge_version
    ORDER BY l.id LIMIT 1),
  (SELECT f.question FROM "first_comparisons" f WHERE f.project_id = v.project_id),
  'comparison');
ALTER TABLE "verdicts" ALTER COLUMN "question" SET NOT NULL,
  ADD CONSTRAINT "verdicts_cached_tokens_are_input" CHECK (cached_input_tokens BETWEEN 0 AND input_tokens);

-- Judges that are there go on answering that comparison alone.
UPDATE "judge_versions" v SET config = v.config || jsonb_build_object('questions', jsonb_build_array(coalesce(
  (SELECT f.question FROM "first_comparisons" f WHERE f.project_id = v.project_id), 'comparison')))
FROM "judges" j WHERE j.project_id = v.project_id AND j.id = v.judge_id AND j.kind = 'lm';

-- DropIndex
DROP INDEX "verdicts_key";

-- CreateIndex
CREATE UNIQUE INDEX "verdicts_key" ON "verdicts"("project_id", "instance_id", "judge_id", "judge_version", "question", "aspect", "target", "shown_order", "sample");
