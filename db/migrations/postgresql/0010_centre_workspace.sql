CREATE TABLE "capability_version" (
	"capability_id" text NOT NULL,
	"version" integer NOT NULL,
	"centre_id" text NOT NULL,
	"row" jsonb NOT NULL,
	"person_id" text NOT NULL,
	"ended_at" bigint NOT NULL,
	"removed" boolean NOT NULL,
	CONSTRAINT "capability_version_capability_id_version_pk" PRIMARY KEY("capability_id","version")
);
--> statement-breakpoint
CREATE TABLE "centre_member" (
	"centre_id" text NOT NULL,
	"organisation_id" text NOT NULL,
	"person_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "centre_member_centre_id_organisation_id_pk" PRIMARY KEY("centre_id","organisation_id")
);
--> statement-breakpoint
CREATE TABLE "centre_proof" (
	"id" text PRIMARY KEY NOT NULL,
	"centre_id" text NOT NULL,
	"organisation_id" text NOT NULL,
	"person_id" text NOT NULL,
	"statement" text NOT NULL,
	"file_ids" jsonb NOT NULL,
	"state" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"decided_by" text,
	"decided_at" bigint,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "park_firm" (
	"park_id" text NOT NULL,
	"organisation_id" text NOT NULL,
	"state" text NOT NULL,
	"person_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "park_firm_park_id_organisation_id_pk" PRIMARY KEY("park_id","organisation_id")
);
--> statement-breakpoint
CREATE TABLE "stock" (
	"service_id" text PRIMARY KEY NOT NULL,
	"available" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "slot_offer" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"centre_id" text NOT NULL,
	"service_id" text NOT NULL,
	"buyer_id" text NOT NULL,
	"waiting_id" text,
	"order_id" text,
	"quantity" integer NOT NULL,
	"start_at" bigint NOT NULL,
	"end_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"state" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "waiting_place" (
	"id" text PRIMARY KEY NOT NULL,
	"centre_id" text NOT NULL,
	"service_id" text NOT NULL,
	"buyer_id" text NOT NULL,
	"person_id" text NOT NULL,
	"order_id" text,
	"quantity" integer NOT NULL,
	"from_at" bigint NOT NULL,
	"before_at" bigint NOT NULL,
	"state" text NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "busy_calendar" (
	"id" text PRIMARY KEY NOT NULL,
	"centre_id" text NOT NULL,
	"resource_id" text NOT NULL,
	"name" text NOT NULL,
	"url" text DEFAULT '' NOT NULL,
	"read_at" bigint,
	"fault" text DEFAULT '' NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "capability" ADD COLUMN "valid_from" bigint;--> statement-breakpoint
ALTER TABLE "capability" ADD COLUMN "valid_until" bigint;--> statement-breakpoint
ALTER TABLE "capability" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "centre" ADD COLUMN "verified_at" bigint;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "per_point_net" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "included_points" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "range_prices" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "member_basis_points" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "park_basis_points" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "travel_zones" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "buffer_minutes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "moves" text DEFAULT 'tell' NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "paused_until" bigint;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "pictures" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "scorecard" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "operation" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "stored_file" ADD COLUMN "audience" text DEFAULT 'own' NOT NULL;--> statement-breakpoint
ALTER TABLE "closure" ADD COLUMN "resource_id" text;--> statement-breakpoint
ALTER TABLE "closure" ADD COLUMN "calendar_id" text;--> statement-breakpoint
ALTER TABLE "resource" ADD COLUMN "person_id" text;--> statement-breakpoint
ALTER TABLE "centre_proof" ADD CONSTRAINT "centre_proof_centre_id_centre_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."centre"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "centre_proof" ADD CONSTRAINT "centre_proof_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_place" ADD CONSTRAINT "waiting_place_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_place" ADD CONSTRAINT "waiting_place_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "busy_calendar" ADD CONSTRAINT "busy_calendar_centre_id_centre_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."centre"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "busy_calendar" ADD CONSTRAINT "busy_calendar_resource_id_resource_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resource"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "capability_version_centre" ON "capability_version" USING btree ("centre_id","ended_at");--> statement-breakpoint
CREATE INDEX "centre_proof_state" ON "centre_proof" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "centre_proof_organisation" ON "centre_proof" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "park_firm_organisation" ON "park_firm" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "slot_offer_open" ON "slot_offer" USING btree ("state","expires_at");--> statement-breakpoint
CREATE INDEX "slot_offer_order" ON "slot_offer" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "slot_offer_buyer" ON "slot_offer" USING btree ("buyer_id","state");--> statement-breakpoint
CREATE INDEX "slot_offer_waiting" ON "slot_offer" USING btree ("waiting_id");--> statement-breakpoint
CREATE INDEX "waiting_place_service" ON "waiting_place" USING btree ("service_id","state","created_at");--> statement-breakpoint
CREATE INDEX "waiting_place_buyer" ON "waiting_place" USING btree ("buyer_id","state");--> statement-breakpoint
CREATE INDEX "waiting_place_order" ON "waiting_place" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "busy_calendar_centre" ON "busy_calendar" USING btree ("centre_id");--> statement-breakpoint
CREATE INDEX "busy_calendar_read" ON "busy_calendar" USING btree ("read_at");--> statement-breakpoint
ALTER TABLE "closure" ADD CONSTRAINT "closure_resource_id_resource_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resource"("id") ON DELETE no action ON UPDATE no action;