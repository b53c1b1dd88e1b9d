ALTER TABLE "centre_proof" RENAME TO "verification_request";--> statement-breakpoint
ALTER TABLE "verification_request" RENAME CONSTRAINT "centre_proof_pkey" TO "verification_request_pkey";--> statement-breakpoint
ALTER TABLE "verification_request" RENAME CONSTRAINT "centre_proof_centre_id_centre_id_fk" TO "verification_request_centre_id_centre_id_fk";--> statement-breakpoint
ALTER TABLE "verification_request" RENAME CONSTRAINT "centre_proof_organisation_id_organisation_id_fk" TO "verification_request_organisation_id_organisation_id_fk";--> statement-breakpoint
ALTER INDEX "centre_proof_state" RENAME TO "verification_request_state";--> statement-breakpoint
ALTER INDEX "centre_proof_organisation" RENAME TO "verification_request_organisation";
--> statement-breakpoint
UPDATE "outbox" SET "payload" = replace(replace("payload"::text, '"proof_', '"verification_request_'), '/operator/proofs/', '/operator/verification-requests/')::jsonb WHERE "done_at" IS NULL AND "payload"::text LIKE '%"proof\_%';
