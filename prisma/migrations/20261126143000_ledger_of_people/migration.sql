-- What people's time comes to is read from their newest entries, among which may be millions of verdicts.
CREATE INDEX "ledger_of_people" ON "ledger"("project_id", "at" DESC) WHERE "kind" = 'human';
