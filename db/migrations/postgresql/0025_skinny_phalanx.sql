CREATE TABLE "conversation" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text,
	"service_id" text,
	"buyer_id" text NOT NULL,
	"centre_id" text NOT NULL,
	"read_by_buyer" text DEFAULT '' NOT NULL,
	"read_by_centre" text DEFAULT '' NOT NULL,
	"created_at" bigint NOT NULL,
	"last_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message" (
	"id" text PRIMARY KEY NOT NULL,
	"conversation_id" text NOT NULL,
	"side" text NOT NULL,
	"organisation_id" text NOT NULL,
	"person_id" text NOT NULL,
	"text" text NOT NULL,
	"files" jsonb NOT NULL,
	"once" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_unread" (
	"person_id" text NOT NULL,
	"organisation_id" text NOT NULL,
	"conversation_id" text NOT NULL,
	"count" integer NOT NULL,
	"first_id" text NOT NULL,
	"first_at" bigint NOT NULL,
	"last_id" text NOT NULL,
	CONSTRAINT "message_unread_person_id_organisation_id_conversation_id_pk" PRIMARY KEY("person_id","organisation_id","conversation_id")
);
--> statement-breakpoint
ALTER TABLE "centre" ADD COLUMN "phone" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_buyer_id_organisation_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_centre_id_centre_id_fk" FOREIGN KEY ("centre_id") REFERENCES "public"."centre"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_unread" ADD CONSTRAINT "message_unread_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "conversation_order" ON "conversation" USING btree ("order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "conversation_service" ON "conversation" USING btree ("service_id","buyer_id");--> statement-breakpoint
CREATE INDEX "conversation_buyer" ON "conversation" USING btree ("buyer_id","last_at");--> statement-breakpoint
CREATE INDEX "conversation_centre" ON "conversation" USING btree ("centre_id","last_at");--> statement-breakpoint
CREATE INDEX "message_conversation" ON "message" USING btree ("conversation_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "message_once" ON "message" USING btree ("conversation_id","once");--> statement-breakpoint
CREATE INDEX "message_unread_conversation" ON "message_unread" USING btree ("conversation_id");