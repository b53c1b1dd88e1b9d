CREATE TABLE "file_use" (
	"file_id" text NOT NULL,
	"owner_kind" text NOT NULL,
	"owner_id" text NOT NULL,
	CONSTRAINT "file_use_file_id_owner_kind_owner_id_pk" PRIMARY KEY("file_id","owner_kind","owner_id")
);
--> statement-breakpoint
ALTER TABLE "file_use" ADD CONSTRAINT "file_use_file_id_stored_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."stored_file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "file_use_owner" ON "file_use" USING btree ("owner_kind","owner_id");--> statement-breakpoint
INSERT INTO "file_use" SELECT a."evidence_id", 'accreditation', a."id" FROM "accreditation" a JOIN "stored_file" f ON f."id" = a."evidence_id";
--> statement-breakpoint
INSERT INTO "file_use" SELECT f."id", 'verification_request', p."id" FROM "centre_proof" p JOIN "stored_file" f ON p."file_ids" ? f."id";
--> statement-breakpoint
INSERT INTO "file_use" SELECT f."id", 'service', s."id" FROM "service" s JOIN "stored_file" f ON s."pictures" ? f."id";
--> statement-breakpoint
INSERT INTO "file_use" SELECT f."id", 'listing', l."service_id" FROM "listing" l JOIN "stored_file" f ON l."content" -> 'pictures' ? f."id";
--> statement-breakpoint
INSERT INTO "file_use" SELECT f."id", 'service_version', v."service_id" || ':' || v."version" FROM "service_version" v JOIN "stored_file" f ON v."content" -> 'pictures' ? f."id";
