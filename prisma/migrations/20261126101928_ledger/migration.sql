-- CreateEnum
CREATE TYPE "ledger_kind" AS ENUM ('lm', 'human');

-- AlterTable
ALTER TABLE "projects" ADD COLUMN     "currency" TEXT NOT NULL DEFAULT 'USD',
ADD COLUMN     "hour_price_micros" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "ledger" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" "ledger_kind" NOT NULL,
    "judge_id" UUID,
    "judge_version" INTEGER,
    "user_id" UUID,
    "run_id" UUID,
    "purpose" TEXT NOT NULL,
    "type" "label_type",
    "answers" INTEGER NOT NULL,
    "input_tokens" INTEGER NOT NULL DEFAULT 0,
    "cached_input_tokens" INTEGER NOT NULL DEFAULT 0,
    "output_tokens" INTEGER NOT NULL DEFAULT 0,
    "active_ms" INTEGER NOT NULL DEFAULT 0,
    "cost_micros" BIGINT NOT NULL,

    CONSTRAINT "ledger_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "ledger_days" (
    "project_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "kind" "ledger_kind" NOT NULL,
    "judge_id" UUID NOT NULL,
    "judge_version" INTEGER NOT NULL,
    "user_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "answers" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "cached_input_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "active_ms" BIGINT NOT NULL,
    "cost_micros" BIGINT NOT NULL,

    CONSTRAINT "ledger_days_pkey" PRIMARY KEY ("project_id","day","kind","judge_id","judge_version","user_id","purpose","type")
);

-- CreateTable
CREATE TABLE "spending_caps" (
    "project_id" UUID NOT NULL,
    "judge_id" UUID NOT NULL,
    "day_micros" BIGINT,
    "month_micros" BIGINT,
    "total_micros" BIGINT,

    CONSTRAINT "spending_caps_pkey" PRIMARY KEY ("project_id","judge_id")
);

-- CreateTable
CREATE TABLE "spending_holds" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "judge_id" UUID,
    "micros" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "spending_holds_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "cap_stops" (
    "project_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "cap_stops_pkey" PRIMARY KEY ("project_id","run_id")
);

-- CreateIndex
CREATE INDEX "ledger_project_id_at_id_idx" ON "ledger"("project_id", "at", "id");

-- AddForeignKey
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_days" ADD CONSTRAINT "ledger_days_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "spending_caps" ADD CONSTRAINT "spending_caps_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "spending_holds" ADD CONSTRAINT "spending_holds_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cap_stops" ADD CONSTRAINT "cap_stops_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "projects" ADD CONSTRAINT "projects_currency_check" CHECK ("currency" ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "projects_hour_price_micros_check" CHECK ("hour_price_micros" >= 0);

ALTER TABLE "ledger" ADD CONSTRAINT "ledger_figures_check" CHECK (
    "answers" >= 0 AND "input_tokens" >= 0 AND "cached_input_tokens" >= 0 AND "output_tokens" >= 0 AND "active_ms" >= 0 AND "cost_micros" >= 0
  ),
  ADD CONSTRAINT "ledger_who_check" CHECK (
    ("kind" = 'human') = ("user_id" IS NOT NULL) AND ("kind" = 'lm' OR "judge_id" IS NULL) AND ("judge_id" IS NULL) = ("judge_version" IS NULL)
  );

CREATE FUNCTION "ledger_is_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- With its project an entry goes.
  IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM projects WHERE id = OLD.project_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'Ledger entry % cannot be changed or removed (% refused): it is the record of what was paid.', OLD.id, TG_OP;
END;
$$;
CREATE TRIGGER "ledger_is_append_only" BEFORE UPDATE OR DELETE ON "ledger" FOR EACH ROW EXECUTE FUNCTION "ledger_is_append_only"();

-- In the order of their keys, so that transactions which add to the same days wait for each other instead of deadlocking.
CREATE FUNCTION "ledger_sums_days"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ledger_days AS d (project_id, day, kind, judge_id, judge_version, user_id, purpose, type,
    answers, input_tokens, cached_input_tokens, output_tokens, active_ms, cost_micros)
  SELECT project_id, (at AT TIME ZONE 'UTC')::date, kind, coalesce(judge_id, '00000000-0000-0000-0000-000000000000'),
    coalesce(judge_version, 0), coalesce(user_id, '00000000-0000-0000-0000-000000000000'), purpose, coalesce(type::text, ''),
    sum(answers), sum(input_tokens), sum(cached_input_tokens), sum(output_tokens), sum(active_ms), sum(cost_micros)
  FROM added GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
  ON CONFLICT (project_id, day, kind, judge_id, judge_version, user_id, purpose, type) DO UPDATE SET
    answers = d.answers + excluded.answers, input_tokens = d.input_tokens + excluded.input_tokens,
    cached_input_tokens = d.cached_input_tokens + excluded.cached_input_tokens,
    output_tokens = d.output_tokens + excluded.output_tokens, active_ms = d.active_ms + excluded.active_ms,
    cost_micros = d.cost_micros + excluded.cost_micros;
  RETURN NULL;
END;
$$;
CREATE TRIGGER "ledger_sums_days" AFTER INSERT ON "ledger" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "ledger_sums_days"();

-- What was paid before there was a ledger: verdicts of language models, and the time of submissions, for which nobody had set a price.
INSERT INTO "ledger" (project_id, id, at, kind, judge_id, judge_version, purpose, type, answers, input_tokens, output_tokens, cost_micros)
SELECT v.project_id, v.id, v.created_at, 'lm', v.judge_id, v.judge_version, 'judging', 'comparison', 1, v.input_tokens, v.output_tokens, v.cost_micros
FROM verdicts v JOIN judges j ON j.project_id = v.project_id AND j.id = v.judge_id AND j.kind = 'lm';

INSERT INTO "ledger" (project_id, id, at, kind, user_id, purpose, type, answers, active_ms, cost_micros)
SELECT project_id, submission_id, min(created_at), 'human', user_id, 'labelling',
  CASE WHEN count(DISTINCT type) = 1 THEN (array_agg(type))[1] END, count(*), max(active_ms), 0
FROM labels
WHERE source = 'human' AND user_id IS NOT NULL AND active_ms IS NOT NULL
GROUP BY project_id, submission_id, user_id;
