ALTER TABLE "centre" ADD COLUMN "preparing" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
INSERT INTO "centre" ("id", "slug", "organisation_id", "name_zh", "name_en", "city_zh", "city_en", "address_zh", "address_en", "intro_zh", "intro_en", "time_zone", "demonstration", "preparing", "created_at")
SELECT r."id", 'preparing-' || r."id", r."organisation_id", e."name_zh", e."name_en", e."city_zh", e."city_en", e."address_zh", e."address_en", e."intro_zh", e."intro_en", e."time_zone", e."demonstration", true, r."created_at"
FROM "verification_request" r JOIN "centre" e ON e."id" = r."centre_id"
WHERE r."state" = 'waiting' AND e."organisation_id" IS NULL
  AND NOT EXISTS (SELECT 1 FROM "centre" o WHERE o."organisation_id" = r."organisation_id");
