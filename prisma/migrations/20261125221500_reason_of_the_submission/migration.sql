-- Written by hand: it moves data inside of JSON columns.

-- The written reason is one for all questions of a task schema. Every schema so far has one question, a comparison.
UPDATE "task_schemas"
SET "payload" = (payload #- '{questions,0,reason}') || jsonb_build_object('reason', payload #> '{questions,0,reason}')
WHERE payload #> '{questions,0,reason}' IS NOT NULL;

-- Drafts hold their answers by question.
UPDATE "assignments"
SET "draft" = jsonb_set(draft, '{answers}', jsonb_build_object('comparison', draft -> 'answers'))
WHERE draft IS NOT NULL;
