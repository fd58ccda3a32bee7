-- What the export page and the command line offer first for a project: lib/projects/export-defaults/schema.ts.
ALTER TABLE "projects" ADD COLUMN "export_defaults" JSONB;
