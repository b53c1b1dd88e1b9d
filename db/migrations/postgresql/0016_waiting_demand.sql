CREATE TABLE "waiting_demand" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"organisation_id" text,
	"search" text NOT NULL,
	"asked" text NOT NULL,
	"said" text NOT NULL,
	"locale" text NOT NULL,
	"created_at" bigint NOT NULL,
	"met_at" bigint
);
--> statement-breakpoint
ALTER TABLE "waiting_demand" ADD CONSTRAINT "waiting_demand_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "waiting_demand_person" ON "waiting_demand" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "waiting_demand_met" ON "waiting_demand" USING btree ("met_at","created_at");