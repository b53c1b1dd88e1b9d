ALTER TABLE "service" ADD COLUMN "answer_hours" integer DEFAULT 16 NOT NULL;--> statement-breakpoint
-- Hours of the clock become open hours: eight of a day's twenty-four. Rounded up, so that nobody has less time than was said.
UPDATE "service" SET "answer_hours" = greatest(1, ("decision_hours" + 2) / 3);--> statement-breakpoint
UPDATE "listing" SET "content" = ("content" - 'decisionHours') || jsonb_build_object('answerHours', greatest(1, (CAST("content" ->> 'decisionHours' AS integer) + 2) / 3))
WHERE "content" ->> 'decisionHours' IS NOT NULL;--> statement-breakpoint
ALTER TABLE "service" DROP COLUMN "decision_hours";