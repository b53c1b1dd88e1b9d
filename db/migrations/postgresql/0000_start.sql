CREATE TABLE "capability" (
	"id" text PRIMARY KEY NOT NULL,
	"centre_id" text NOT NULL,
	"field_zh" text NOT NULL,
	"instrument_zh" text NOT NULL,
	"instrument_en" text NOT NULL,
	"measurand_zh" text NOT NULL,
	"measurand_en" text DEFAULT '' NOT NULL,
	"method" text NOT NULL,
	"range_min" double precision NOT NULL,
	"range_max" double precision NOT NULL,
	"unit" text NOT NULL,
	"base_min" double precision NOT NULL,
	"base_max" double precision NOT NULL,
	"kind" text NOT NULL,
	"uncertainty" jsonb NOT NULL,
	"uncertainty_text" text NOT NULL,
	"second_parameters" jsonb NOT NULL,
	"coverage_factor" double precision NOT NULL,
	"level_of_confidence" double precision DEFAULT 0.95 NOT NULL,
	"conditions_zh" text DEFAULT '' NOT NULL,
	"conditions_en" text DEFAULT '' NOT NULL,
	"accreditation_id" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "accreditation" (
	"id" text PRIMARY KEY NOT NULL,
	"centre_id" text NOT NULL,
	"kind" text NOT NULL,
	"number" text NOT NULL,
	"valid_from" bigint NOT NULL,
	"valid_until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "centre" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"organisation_id" text,
	"park_id" text,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"host_zh" text DEFAULT '' NOT NULL,
	"host_en" text DEFAULT '' NOT NULL,
	"intro_zh" text DEFAULT '' NOT NULL,
	"intro_en" text DEFAULT '' NOT NULL,
	"city_zh" text NOT NULL,
	"city_en" text NOT NULL,
	"address_zh" text DEFAULT '' NOT NULL,
	"address_en" text DEFAULT '' NOT NULL,
	"latitude" double precision,
	"longitude" double precision,
	"time_zone" text DEFAULT 'Asia/Shanghai' NOT NULL,
	"credit_grade" text,
	"demonstration" boolean DEFAULT false NOT NULL,
	"source" text DEFAULT '' NOT NULL,
	"source_confidence" text DEFAULT '' NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "park" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"organisation_id" text,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"city_zh" text NOT NULL,
	"city_en" text NOT NULL,
	"focus_zh" text DEFAULT '' NOT NULL,
	"focus_en" text DEFAULT '' NOT NULL,
	"fact_zh" text DEFAULT '' NOT NULL,
	"fact_en" text DEFAULT '' NOT NULL,
	"source" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"centre_id" text NOT NULL,
	"family" text NOT NULL,
	"field" text NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"summary_zh" text NOT NULL,
	"summary_en" text NOT NULL,
	"instrument_zh" text DEFAULT '' NOT NULL,
	"instrument_en" text DEFAULT '' NOT NULL,
	"specification" text DEFAULT '' NOT NULL,
	"status" text NOT NULL,
	"booking" text NOT NULL,
	"unit_net" bigint NOT NULL,
	"unit" text DEFAULT 'piece' NOT NULL,
	"setup_net" bigint DEFAULT 0 NOT NULL,
	"travel_net" bigint DEFAULT 0 NOT NULL,
	"courier_net" bigint DEFAULT 0 NOT NULL,
	"expedite_basis_points" integer,
	"vat_basis_points" integer DEFAULT 600 NOT NULL,
	"lead_days" integer NOT NULL,
	"turnaround_days" integer NOT NULL,
	"horizon_days" integer DEFAULT 60 NOT NULL,
	"setup_minutes" integer NOT NULL,
	"minutes_per_item" integer NOT NULL,
	"max_quantity" integer NOT NULL,
	"delivery_modes" jsonb NOT NULL,
	"cancel_policy" jsonb NOT NULL,
	"decision_hours" integer DEFAULT 48 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_capability" (
	"service_id" text NOT NULL,
	"capability_id" text NOT NULL,
	CONSTRAINT "service_capability_service_id_capability_id_pk" PRIMARY KEY("service_id","capability_id")
);
--> statement-breakpoint
CREATE TABLE "service_pool" (
	"service_id" text NOT NULL,
	"pool_id" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "service_pool_service_id_pool_id_pk" PRIMARY KEY("service_id","pool_id")
);
--> statement-breakpoint
CREATE TABLE "specification" (
	"number" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"title_zh" text NOT NULL,
	"title_en" text NOT NULL,
	"field_zh" text NOT NULL,
	"confidence" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"chain" text NOT NULL,
	"position" integer NOT NULL,
	"at" bigint NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"data" jsonb NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_log_chain_position_pk" PRIMARY KEY("chain","position")
);
--> statement-breakpoint
CREATE TABLE "change_feed" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"ref" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cursor" (
	"name" text PRIMARY KEY NOT NULL,
	"position" text NOT NULL,
	"at" bigint NOT NULL,
	"count" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kept_mail" (
	"id" text PRIMARY KEY NOT NULL,
	"to" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL,
	"attachments" jsonb NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lease" (
	"name" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" text PRIMARY KEY NOT NULL,
	"topic" text NOT NULL,
	"payload" jsonb NOT NULL,
	"dedupe_key" text,
	"available_at" bigint NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"leased_by" text,
	"leased_until" bigint,
	"done_at" bigint,
	"failed_at" bigint,
	"last_error" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"key" text NOT NULL,
	"window_start" bigint NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "rate_limit_key_window_start_pk" PRIMARY KEY("key","window_start")
);
--> statement-breakpoint
CREATE TABLE "email_token" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"token_hash" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint,
	"created_at" bigint NOT NULL,
	"data" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" text NOT NULL,
	"invited_by" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"accepted_at" bigint,
	"revoked_at" bigint,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"organisation_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organisation" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"slug" text NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"city" text,
	"tax_number" text,
	"demonstration" boolean DEFAULT false NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"locale" text DEFAULT 'zh-CN' NOT NULL,
	"email_verified_at" bigint,
	"operator" boolean DEFAULT false NOT NULL,
	"demonstration" boolean DEFAULT false NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"organisation_id" text,
	"expires_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"user_agent" text DEFAULT '' NOT NULL,
	"address" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_event" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"at" bigint NOT NULL,
	"kind" text NOT NULL,
	"actor_id" text,
	"data" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_item" (
	"order_id" text NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"maker" text DEFAULT '' NOT NULL,
	"model" text DEFAULT '' NOT NULL,
	"serial" text DEFAULT '' NOT NULL,
	CONSTRAINT "order_item_order_id_position_pk" PRIMARY KEY("order_id","position")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" text PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"centre_id" text NOT NULL,
	"service_id" text NOT NULL,
	"buyer_id" text NOT NULL,
	"person_id" text NOT NULL,
	"progress" text NOT NULL,
	"payment" text NOT NULL,
	"payout" text DEFAULT 'none' NOT NULL,
	"dispute" text DEFAULT 'none' NOT NULL,
	"snapshot" jsonb NOT NULL,
	"quantity" integer NOT NULL,
	"start_at" bigint NOT NULL,
	"end_at" bigint NOT NULL,
	"time_zone" text NOT NULL,
	"delivery_mode" text NOT NULL,
	"address" jsonb,
	"notes" text DEFAULT '' NOT NULL,
	"purchase_order" text DEFAULT '' NOT NULL,
	"expedited" boolean DEFAULT false NOT NULL,
	"currency" text DEFAULT 'cny' NOT NULL,
	"lines" jsonb NOT NULL,
	"net" bigint NOT NULL,
	"vat_basis_points" integer NOT NULL,
	"vat" bigint NOT NULL,
	"gross" bigint NOT NULL,
	"refunded" bigint DEFAULT 0 NOT NULL,
	"cancel_policy" jsonb NOT NULL,
	"hold_expires_at" bigint,
	"decision_due_at" bigint,
	"decision_reason" text DEFAULT '' NOT NULL,
	"submission_key" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "gateway_event" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"object_id" text NOT NULL,
	"received_at" bigint NOT NULL,
	"applied_at" bigint
);
--> statement-breakpoint
CREATE TABLE "ledger_entry" (
	"transaction_id" text NOT NULL,
	"position" integer NOT NULL,
	"account" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	CONSTRAINT "ledger_entry_transaction_id_position_pk" PRIMARY KEY("transaction_id","position")
);
--> statement-breakpoint
CREATE TABLE "ledger_transaction" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"kind" text NOT NULL,
	"cause" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payment_attempt" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"attempt" integer NOT NULL,
	"idempotency_key" text NOT NULL,
	"parameters" jsonb NOT NULL,
	"state" text NOT NULL,
	"gateway_session" text,
	"gateway_payment" text,
	"url" text,
	"method" text,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refund" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"attempt_id" text NOT NULL,
	"amount" bigint NOT NULL,
	"reason" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"state" text NOT NULL,
	"gateway_refund" text,
	"failure" text,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "claim" (
	"resource_id" text NOT NULL,
	"cell" integer NOT NULL,
	"pool_id" text NOT NULL,
	"order_id" text NOT NULL,
	CONSTRAINT "claim_resource_id_cell_pk" PRIMARY KEY("resource_id","cell")
);
--> statement-breakpoint
CREATE TABLE "closure" (
	"id" text PRIMARY KEY NOT NULL,
	"centre_id" text NOT NULL,
	"pool_id" text,
	"from_at" bigint NOT NULL,
	"until_at" bigint NOT NULL,
	"reason_zh" text DEFAULT '' NOT NULL,
	"reason_en" text DEFAULT '' NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pool" (
	"id" text PRIMARY KEY NOT NULL,
	"centre_id" text NOT NULL,
	"kind" text NOT NULL,
	"field" text NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"grid_minutes" integer DEFAULT 30 NOT NULL,
	"weekly_hours" jsonb NOT NULL,
	"observes_holidays" boolean DEFAULT true NOT NULL,
	"position" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pool_version" (
	"pool_id" text PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "resource" (
	"id" text PRIMARY KEY NOT NULL,
	"pool_id" text NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"active" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TABLE "resource_day" (
	"pool_id" text NOT NULL,
	"day" integer NOT NULL,
	"resource_id" text NOT NULL,
	"open_minutes" integer NOT NULL,
	"booked_minutes" integer NOT NULL,
	"used_minutes" integer NOT NULL,
	CONSTRAINT "resource_day_pool_id_day_resource_id_pk" PRIMARY KEY("pool_id","day","resource_id")
);
--> statement-breakpoint
ALTER TABLE "capability" ADD CONSTRAINT "capability_centre_id_centre_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."centre"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "capability" ADD CONSTRAINT "capability_accreditation_id_accreditation_id_fk" FOREIGN KEY ("accreditation_id") REFERENCES "public"."accreditation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accreditation" ADD CONSTRAINT "accreditation_centre_id_centre_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."centre"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "centre" ADD CONSTRAINT "centre_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "centre" ADD CONSTRAINT "centre_park_id_park_id_fk" FOREIGN KEY ("park_id") REFERENCES "public"."park"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "park" ADD CONSTRAINT "park_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service" ADD CONSTRAINT "service_centre_id_centre_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."centre"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "email_token" ADD CONSTRAINT "email_token_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_invited_by_person_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_event" ADD CONSTRAINT "order_event_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_centre_id_centre_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."centre"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_buyer_id_organisation_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_transaction_id_ledger_transaction_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."ledger_transaction"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_attempt" ADD CONSTRAINT "payment_attempt_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund" ADD CONSTRAINT "refund_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund" ADD CONSTRAINT "refund_attempt_id_payment_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."payment_attempt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closure" ADD CONSTRAINT "closure_centre_id_centre_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."centre"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closure" ADD CONSTRAINT "closure_pool_id_pool_id_fk" FOREIGN KEY ("pool_id") REFERENCES "public"."pool"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pool" ADD CONSTRAINT "pool_centre_id_centre_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."centre"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource" ADD CONSTRAINT "resource_pool_id_pool_id_fk" FOREIGN KEY ("pool_id") REFERENCES "public"."pool"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "capability_centre" ON "capability" USING btree ("centre_id");--> statement-breakpoint
CREATE INDEX "capability_instrument" ON "capability" USING btree ("instrument_zh");--> statement-breakpoint
CREATE INDEX "accreditation_centre" ON "accreditation" USING btree ("centre_id");--> statement-breakpoint
CREATE UNIQUE INDEX "centre_slug" ON "centre" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "centre_park" ON "centre" USING btree ("park_id");--> statement-breakpoint
CREATE INDEX "centre_organisation" ON "centre" USING btree ("organisation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "park_slug" ON "park" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "service_slug" ON "service" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "service_centre" ON "service" USING btree ("centre_id","status");--> statement-breakpoint
CREATE INDEX "service_capability_capability" ON "service_capability" USING btree ("capability_id");--> statement-breakpoint
CREATE INDEX "service_pool_pool" ON "service_pool" USING btree ("pool_id");--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit_log" USING btree ("at");--> statement-breakpoint
CREATE INDEX "change_feed_at" ON "change_feed" USING btree ("at");--> statement-breakpoint
CREATE INDEX "kept_mail_to" ON "kept_mail" USING btree ("to","created_at");--> statement-breakpoint
CREATE INDEX "outbox_open" ON "outbox" USING btree ("done_at","available_at");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_dedupe" ON "outbox" USING btree ("topic","dedupe_key");--> statement-breakpoint
CREATE UNIQUE INDEX "email_token_hash" ON "email_token" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "email_token_person" ON "email_token" USING btree ("person_id","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_token" ON "invitation" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "invitation_organisation" ON "invitation" USING btree ("organisation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "membership_once" ON "membership" USING btree ("person_id","organisation_id");--> statement-breakpoint
CREATE INDEX "membership_organisation" ON "membership" USING btree ("organisation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "organisation_slug" ON "organisation" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "person_email" ON "person" USING btree ("email");--> statement-breakpoint
CREATE INDEX "session_person" ON "session" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "session_expires" ON "session" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "order_event_order" ON "order_event" USING btree ("order_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_number" ON "orders" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_submission" ON "orders" USING btree ("buyer_id","submission_key");--> statement-breakpoint
CREATE INDEX "orders_centre" ON "orders" USING btree ("centre_id","progress","start_at");--> statement-breakpoint
CREATE INDEX "orders_buyer" ON "orders" USING btree ("buyer_id","created_at");--> statement-breakpoint
CREATE INDEX "orders_hold" ON "orders" USING btree ("progress","hold_expires_at");--> statement-breakpoint
CREATE INDEX "gateway_event_received" ON "gateway_event" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "ledger_account" ON "ledger_entry" USING btree ("account");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_cause" ON "ledger_transaction" USING btree ("kind","cause");--> statement-breakpoint
CREATE INDEX "ledger_order" ON "ledger_transaction" USING btree ("order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_attempt_once" ON "payment_attempt" USING btree ("order_id","attempt");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_attempt_session" ON "payment_attempt" USING btree ("gateway_session");--> statement-breakpoint
CREATE INDEX "payment_attempt_state" ON "payment_attempt" USING btree ("state","expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "refund_key" ON "refund" USING btree ("idempotency_key");--> statement-breakpoint
CREATE INDEX "refund_order" ON "refund" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "refund_state" ON "refund" USING btree ("state");--> statement-breakpoint
CREATE INDEX "claim_order" ON "claim" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "closure_centre" ON "closure" USING btree ("centre_id","from_at");--> statement-breakpoint
CREATE INDEX "pool_centre" ON "pool" USING btree ("centre_id");--> statement-breakpoint
CREATE INDEX "resource_pool" ON "resource" USING btree ("pool_id");