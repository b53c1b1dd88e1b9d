CREATE TABLE "capability_import" (
	"id" text PRIMARY KEY NOT NULL,
	"centre_id" text NOT NULL,
	"person_id" text NOT NULL,
	"file_name" text NOT NULL,
	"encoding" text NOT NULL,
	"lines" jsonb NOT NULL,
	"mapping" jsonb NOT NULL,
	"coverage_factor" double precision NOT NULL,
	"field" text NOT NULL,
	"accreditation_id" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "capability_import" ADD CONSTRAINT "capability_import_centre_id_centre_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."centre"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "capability_import" ADD CONSTRAINT "capability_import_accreditation_id_accreditation_id_fk" FOREIGN KEY ("accreditation_id") REFERENCES "public"."accreditation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "capability_import_created" ON "capability_import" USING btree ("created_at");