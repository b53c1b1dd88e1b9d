ALTER TABLE "service" ADD COLUMN "sessions" jsonb;
